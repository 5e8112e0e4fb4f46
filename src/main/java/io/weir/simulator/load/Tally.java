package io.weir.simulator.load;

import io.weir.simulator.load.LoadSummary.Duplicates;
import io.weir.simulator.load.LoadSummary.Users;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryVerdict.Effect;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts what comes of many pushes. One thread at a time. */
final class Tally {
    /** Some reasons name what was found, so that there may be as many as pushes. */
    static final int MOST_REASONS = 20;

    static final String OTHER_REASONS = "other reasons";

    private final AnswerTimes times = new AnswerTimes();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
    private int pushes;
    private int accepted;
    private int unanswered;
    private int attempts;
    private int late;
    private int duplicates;
    private int differing;

    void add(Delivered push) {
        pushes++;
        duplicates += push.duplicates().size();
        differing += push.answersAlike() ? 0 : 1;
        effects.merge(push.verdict().effect(), 1, Integer::sum);
        push.all().forEach(each -> each.attempts().forEach(this::add));
        Optional<Delivered> failed =
                push.all().stream().filter(each -> !each.accepted()).findFirst();
        accepted += failed.isEmpty() ? 1 : 0;
        failed.ifPresent(this::fail);
    }

    void addLate() {
        late++;
    }

    private void add(DeliveryAttempt attempt) {
        attempts++;
        if (attempt.outcome() instanceof Responded answered) {
            times.add(answered.time());
        }
    }

    private void fail(Delivered failed) {
        unanswered += failed.answer().isEmpty() ? 1 : 0;
        String reason = failed.verdict().text();
        boolean free = failures.containsKey(reason) || failures.size() < MOST_REASONS;
        failures.merge(free ? reason : OTHER_REASONS, 1, Integer::sum);
    }

    LoadSummary summary(Duration elapsed) {
        Map<String, Integer> commonestFirst = new LinkedHashMap<>();
        failures.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> commonestFirst.put(each.getKey(), each.getValue()));
        Users users = new Users(saw(Effect.SHOWN), saw(Effect.NOTHING), saw(Effect.FAULT));
        return new LoadSummary(
                pushes,
                accepted,
                commonestFirst,
                unanswered,
                attempts,
                times.percentiles(),
                elapsed,
                users,
                late,
                new Duplicates(duplicates, differing));
    }

    private int saw(Effect effect) {
        return effects.getOrDefault(effect, 0);
    }
}
