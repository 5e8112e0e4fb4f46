package io.weir.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.eventbus.ReplyException;
import io.weir.metrics.DurationHistograms;
import io.weir.metrics.DurationHistograms.Histogram;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.SynchronizedHistogram;
import org.jspecify.annotations.Nullable;

/** How long the handlers of this instance take, since its start, and how each failed last. Any thread. */
public final class HandlerTimes {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private static final int MAX_FAILURES = 1_000;

    private final Map<Kind, Times> times = new ConcurrentHashMap<>();
    /** By push; the oldest go. */
    private final Map<String, Failure> failures = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
            return size() > MAX_FAILURES;
        }
    });

    private final Clock clock;
    private final MeterRegistry metrics;
    private final DurationHistograms seconds;

    /** Ones that no metrics tell of. */
    public HandlerTimes(Clock clock) {
        this(clock, new CompositeMeterRegistry());
    }

    public HandlerTimes(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.seconds = DurationHistograms.of(
                metrics, "weir_execution_seconds", "How long runs took", "type", DurationHistograms.ANSWER);
    }

    /** Has these accounts' runs of the {@linkplain OutcomeCounters#EXPECTED usual kinds} counted from 0 on. */
    public void expect(List<String> accounts) {
        for (String account : accounts) {
            OutcomeCounters.EXPECTED.forEach(type -> times(new Kind(account, type)));
        }
    }

    private Times times(Kind kind) {
        return times.computeIfAbsent(kind, first -> {
            Counter runs = Counter.builder("weir.executions")
                    .description("Runs of pushes that have ended; repeats and replays are none")
                    .tag("account", kind.account)
                    .tag("type", kind.type.wireName())
                    .register(metrics);
            return new Times(runs, seconds.of(kind.type.wireName()));
        });
    }

    /** Notes a run, which failed if there is a failure. */
    public void note(Push push, boolean replay, long nanos, @Nullable Throwable failure) {
        Times noted = times(new Kind(push.account(), push.type()));
        noted.micros.recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
        if (!replay) {
            noted.runs.increment();
            noted.seconds.record(nanos);
        }
        if (failure != null) {
            noted.last = new Failed(clock.instant(), push, failure);
        }
    }

    /** What 99 of 100 runs of this kind did not exceed, to a tenth of it; empty while there was none. */
    public Optional<Duration> p99(String account, PushType<?> type) {
        return Optional.ofNullable(times.get(new Kind(account, type))).flatMap(Times::p99);
    }

    /** The last run of this kind that failed. */
    public Optional<Failed> lastFailure(String account, PushType<?> type) {
        return Optional.ofNullable(times.get(new Kind(account, type))).map(noted -> noted.last);
    }

    /** A run that failed. */
    public record Failed(Instant at, Push push, Throwable cause) {}

    /**
     * How the run of a push failed.
     *
     * @param type the class of what its handler threw, or the bus's own words
     * @param words what that said, which may be a user's words; empty where it said nothing
     * @param logged whether its stack trace is in the log: of many alike in a row only that of the first is
     */
    public record Failure(String type, Optional<String> words, boolean logged) {}

    /** Keeps how the run of a push failed, for whoever looks at the push. */
    void failed(String pushId, String type, @Nullable Throwable failure) {
        Failure kept = failure instanceof PushHandler.Failed failed
                ? new Failure(type, failed.words(), failed.logged())
                : new Failure(type, words(failure), false);
        failures.put(pushId, kept);
    }

    private static Optional<String> words(@Nullable Throwable failure) {
        return failure == null || failure instanceof ReplyException
                ? Optional.empty()
                : Optional.ofNullable(failure.getMessage());
    }

    /** How the run of a push failed, if it did at this instance, and not long ago. */
    public Optional<Failure> failure(String pushId) {
        return Optional.ofNullable(failures.get(pushId));
    }

    private record Kind(String account, PushType<?> type) {}

    private static final class Times {
        /** Grows with what it is told: 10,000 accounts have one each. Its lock is held for some nanoseconds. */
        private final SynchronizedHistogram micros = new SynchronizedHistogram(1);

        private final Counter runs;
        private final Histogram seconds;
        private volatile @Nullable Failed last;

        Times(Counter runs, Histogram seconds) {
            this.runs = runs;
            this.seconds = seconds;
        }

        Optional<Duration> p99() {
            return micros.getTotalCount() == 0
                    ? Optional.empty()
                    : Optional.of(Duration.of(micros.getValueAtPercentile(99), ChronoUnit.MICROS));
        }
    }
}
