package io.weir.dispatch;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jspecify.annotations.Nullable;

/** How long the handlers of this instance take, since its start, and how each failed last. Any thread. */
public final class HandlerTimes {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Map<Kind, Times> times = new ConcurrentHashMap<>();
    private final Clock clock;

    public HandlerTimes(Clock clock) {
        this.clock = clock;
    }

    /** Notes a run, which failed if there is a failure. */
    public void note(Push push, long nanos, @Nullable Throwable failure) {
        Times noted = times.computeIfAbsent(new Kind(push.account(), push.type()), kind -> new Times());
        noted.micros.recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
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

    private record Kind(String account, PushType<?> type) {}

    private static final class Times {
        /** Grows with what it is told: 10,000 accounts have one each. Its lock is held for some nanoseconds. */
        private final Histogram micros = new SynchronizedHistogram(1);

        private volatile @Nullable Failed last;

        Optional<Duration> p99() {
            return micros.getTotalCount() == 0
                    ? Optional.empty()
                    : Optional.of(Duration.of(micros.getValueAtPercentile(99), ChronoUnit.MICROS));
        }
    }
}
