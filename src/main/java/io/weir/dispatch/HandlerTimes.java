package io.weir.dispatch;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** How long the handlers of this instance take, since its start, and how each failed last. Any thread, without locks. */
public final class HandlerTimes {
    private final Map<Kind, Times> times = new ConcurrentHashMap<>();
    private final Clock clock;

    public HandlerTimes(Clock clock) {
        this.clock = clock;
    }

    /** Notes a run, which failed if there is a failure. */
    public void note(Push push, long nanos, @Nullable Throwable failure) {
        Times noted = times.computeIfAbsent(new Kind(push.account(), push.type()), kind -> new Times());
        noted.counts.incrementAndGet(Times.bucket(nanos));
        if (failure != null) {
            noted.last = new Failed(clock.instant(), push, failure);
        }
    }

    /** What 99 of 100 runs of this kind did not exceed, to a fifth of it; empty while there was none. */
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

    /** Counts in buckets, four for each doubling of the time. */
    private static final class Times {
        private static final int PER_DOUBLING = 4;
        private static final int BUCKETS = 40 * PER_DOUBLING;

        private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
        private volatile @Nullable Failed last;

        /** The exponent of the time in microseconds, and the two bits behind its first. */
        static int bucket(long nanos) {
            long micros = Math.max(PER_DOUBLING, nanos / 1_000);
            int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
            int part = (int) (micros >>> (exponent - 2)) & (PER_DOUBLING - 1);
            return Math.min(BUCKETS - 1, exponent * PER_DOUBLING + part);
        }

        /** The end of a bucket, in microseconds. */
        private static long end(int bucket) {
            int exponent = bucket / PER_DOUBLING;
            return (long) (PER_DOUBLING + bucket % PER_DOUBLING + 1) << (exponent - 2);
        }

        Optional<Duration> p99() {
            long all = 0;
            for (int i = 0; i < BUCKETS; i++) {
                all += counts.get(i);
            }
            long above = all / 100;
            for (int i = BUCKETS - 1; all > 0 && i >= 0; i--) {
                above -= counts.get(i);
                if (above < 0) {
                    return Optional.of(Duration.ofNanos(end(i) * 1_000));
                }
            }
            return Optional.empty();
        }
    }
}
