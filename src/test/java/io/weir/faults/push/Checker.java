package io.weir.faults.push;

import io.weir.faults.push.Attempt.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Joins the two ledgers. */
public final class Checker {
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
        double[] millis = attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.sentAtMillis() >= fromMillis && attempt.outcome() != Outcome.FAILED)
                .mapToDouble(Attempt::millis)
                .sorted()
                .toArray();
        return new Figures(
                attempts.size(),
                attemptsThat(Outcome.LATE),
                attemptsThat(Outcome.FAILED),
                attempts.values().stream().filter(each -> !isAccepted(each)).count(),
                lost(),
                completed.values().stream().mapToLong(Checker::duplicate).sum(),
                completed.values().stream().mapToLong(Checker::marked).sum(),
                attempts.values().stream().filter(Checker::diverge).count(),
                percentile(millis, 50),
                percentile(millis, 99),
                percentile(millis, 100));
    }

    private long attemptsThat(Outcome outcome) {
        return attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.outcome() == outcome)
                .count();
    }

    private long lost() {
        return attempts.entrySet().stream()
                .filter(push -> isAccepted(push.getValue()) && !completed.containsKey(push.getKey()))
                .count();
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

    /** The nearest rank; 0 of nothing. */
    static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
    }
}
