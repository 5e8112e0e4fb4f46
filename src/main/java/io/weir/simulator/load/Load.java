package io.weir.simulator.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.simulator.load.LoadSummary.Duplicates;
import io.weir.simulator.load.LoadSummary.Percentiles;
import io.weir.simulator.load.LoadSummary.Users;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryVerdict.Effect;
import io.weir.simulator.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Sends many pushes as a {@link LoadPlan} says, once. Any thread. */
public final class Load {
    private static final Duration LATE = Duration.ofMillis(100);

    private final LoadPlan plan;
    private final SimulatedTime time;
    private final IntFunction<Future<Delivered>> sender;
    private final Promise<LoadSummary> done = Promise.promise();
    private final Tally tally = new Tally();
    private final Instant start;
    private int begun;
    private int running;
    private boolean beginning;
    private boolean waiting;
    private boolean ending;

    /**
     * Time counts from here on.
     *
     * @param sender delivers push number so-and-so, from 0 on, and does not fail for what the gateway does
     */
    public Load(LoadPlan plan, SimulatedTime time, IntFunction<Future<Delivered>> sender) {
        this.plan = plan;
        this.time = time;
        this.sender = sender;
        this.start = time.clock().instant();
    }

    /** Begins. Completes when all pushes are over, or those begun before the limit. */
    public Future<LoadSummary> run() {
        SimulatedTime.Alarm limit = time.after(plan.limit(), this::end);
        proceed();
        return done.future().onComplete(over -> limit.cancel());
    }

    /** Ends it at once: {@link #run()} completes with what there is. */
    public void stop() {
        LoadSummary summary;
        synchronized (this) {
            ending = true;
            summary = summary();
        }
        done.tryComplete(summary);
    }

    private synchronized void end() {
        ending = true;
        completeIfOver();
    }

    /** Begins what can be begun. A push that is over at once must not begin the next one from within: that would nest. */
    private synchronized void proceed() {
        if (beginning) {
            return;
        }
        beginning = true;
        for (int left = plan.burst(); left > 0 && hasRoom() && isDue(begun); left--) {
            begin();
        }
        beginning = false;
        if (hasRoom() && !waiting) {
            waiting = true;
            time.after(left(begun), this::tick);
        }
        completeIfOver();
    }

    private boolean hasRoom() {
        return !allBegun() && running < plan.concurrency();
    }

    private void tick() {
        synchronized (this) {
            waiting = false;
        }
        proceed();
    }

    private boolean isDue(int index) {
        return left(index).compareTo(Duration.ZERO) <= 0;
    }

    /** How long until a push is due; negative: since when it has been. */
    private Duration left(int index) {
        return plan.due(index).minus(elapsed());
    }

    private void begin() {
        if (plan.rate().isPresent() && left(begun).plus(LATE).isNegative()) {
            tally.addLate();
        }
        running++;
        sender.apply(begun++).onComplete(this::over);
    }

    private void over(AsyncResult<Delivered> result) {
        synchronized (this) {
            running--;
            if (result.succeeded()) {
                tally.add(result.result());
            } else {
                done.tryFail(result.cause());
            }
        }
        proceed();
    }

    private boolean allBegun() {
        return ending || begun == plan.repeat();
    }

    private void completeIfOver() {
        if (allBegun() && running == 0) {
            done.tryComplete(summary());
        }
    }

    private LoadSummary summary() {
        return tally.summary(elapsed());
    }

    private Duration elapsed() {
        return Duration.between(start, time.clock().instant());
    }

    /** Counts what comes of many pushes. One thread at a time. */
    static final class Tally {
        /** Some reasons name what was found, so that there may be as many as pushes. */
        static final int MOST_REASONS = 20;

        static final String OTHER_REASONS = "other reasons";

        private final Histogram answerMicros = new Histogram(4);
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
                answerMicros.recordValue(
                        TimeUnit.NANOSECONDS.toMicros(answered.time().toNanos()));
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
                    Percentiles.of(answerMicros),
                    elapsed,
                    users,
                    late,
                    new Duplicates(duplicates, differing));
        }

        private int saw(Effect effect) {
            return effects.getOrDefault(effect, 0);
        }
    }
}
