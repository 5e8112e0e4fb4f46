package io.weir.faults.push;

import io.weir.faults.push.Attempt.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Joins the two ledgers. */
public final class Checker {
    /** Below 262 ms a figure is exact to the microsecond. */
    private static final int EXACT_DIGITS = 5;

    private final Map<String, List<Attempt>> attempts;
    private final Map<String, List<RowRun>> completed;

    /** @param runs of pushes that are not among the attempts are left out */
    public Checker(Collection<Attempt> attempts, Collection<RowRun> runs) {
        this.attempts = attempts.stream().collect(Collectors.groupingBy(Attempt::push));
        this.completed = runs.stream()
                .filter(run -> run.finished() && this.attempts.containsKey(run.push()))
                .collect(Collectors.groupingBy(RowRun::push));
    }

    /**
     * Counts everything.
     *
     * @param fromMillis since 1970; only the percentiles leave out attempts before that, when the gateways were cold
     */
    public Figures figures(long fromMillis) {
        Histogram micros = new Histogram(EXACT_DIGITS);
        attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.sentAtMillis() >= fromMillis && attempt.outcome() != Outcome.FAILED)
                .forEach(attempt -> micros.recordValue(Math.round(attempt.millis() * 1_000)));
        return new Figures(
                attempts.size(),
                attemptsThat(Outcome.LATE),
                attemptsThat(Outcome.FAILED),
                attempts.values().stream().filter(each -> !isAccepted(each)).count(),
                lost(),
                completed.values().stream().mapToLong(Checker::duplicate).sum(),
                completed.values().stream().mapToLong(Checker::marked).sum(),
                attempts.values().stream().filter(Checker::diverge).count(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(100) / 1e3);
    }

    private long attemptsThat(Outcome outcome) {
        return attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.outcome() == outcome)
                .count();
    }

    private long lost() {
        return attempts.entrySet().stream()
                .filter(push -> isAcknowledged(push.getValue()) && !completed.containsKey(push.getKey()))
                .count();
    }

    /** By an answer that needs a run. */
    private static boolean isAcknowledged(List<Attempt> attempts) {
        return attempts.stream().anyMatch(each -> each.isAccepted() && !each.isByReplies() && !each.isOtherwise());
    }

    /** One run need not know of another. */
    private static long duplicate(List<RowRun> runs) {
        return Math.max(0, runs.stream().filter(run -> !run.redelivered()).count() - 1);
    }

    private static long marked(List<RowRun> runs) {
        return runs.size() - 1 - duplicate(runs);
    }

    private static boolean isAccepted(List<Attempt> attempts) {
        return attempts.stream().anyMatch(Attempt::isAccepted);
    }

    private static boolean diverge(List<Attempt> attempts) {
        Set<String> replies = attempts.stream()
                .filter(Attempt::isAccepted)
                .map(Attempt::reply)
                .collect(Collectors.toSet());
        return replies.size() > 1;
    }
}
