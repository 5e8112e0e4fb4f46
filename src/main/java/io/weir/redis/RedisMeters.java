package io.weir.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.metrics.DurationHistograms;
import io.weir.metrics.DurationHistograms.Histogram;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts the commands of links to Redis: how long they took, and those that were not carried out. Any thread. */
public final class RedisMeters {
    /** The ends of the buckets that {@link #counts} has. */
    public static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500));

    private final Map<RedisFault, Counter> errors = new EnumMap<>(RedisFault.class);
    private final Histogram seconds;

    /** All at zero, also where no Redis is used. */
    public RedisMeters(MeterRegistry metrics) {
        seconds = DurationHistograms.single(
                metrics,
                "weir_redis_command_seconds",
                "How long Redis took for a command, or several in one piece",
                BOUNDS);
        for (RedisFault fault : EnumSet.complementOf(EnumSet.of(RedisFault.NO_SCRIPT))) {
            errors.put(
                    fault,
                    Counter.builder("weir.redis.errors")
                            .description("Commands that Redis did not carry out, by what was wrong")
                            .tag("fault", fault.name())
                            .register(metrics));
        }
    }

    /** Ones that nobody reads. */
    static RedisMeters unread() {
        return new RedisMeters(new CompositeMeterRegistry());
    }

    /** How many commands took how long: up to each of {@link #BOUNDS}, and longer. */
    public long[] counts() {
        return seconds.counts();
    }

    /** A command has been answered, in whatever way. */
    void answered(long tookNanos) {
        seconds.record(tookNanos);
    }

    /** So many commands have failed. */
    void failed(RedisFault fault, int commands) {
        // A script that Redis does not know is sent again at once.
        if (fault != RedisFault.NO_SCRIPT) {
            Objects.requireNonNull(errors.get(fault)).increment(commands);
        }
    }
}
