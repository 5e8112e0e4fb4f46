package io.weir.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that only a test moves. */
public final class ManualClock extends Clock {
    /** Of a monotonic clock, which may begin below zero. */
    private static final long FIRST_NANOS = -1_000_000_000L;

    private final Instant start;
    private final AtomicLong passed;
    private final ZoneId zone;

    public ManualClock(String start) {
        this(Instant.parse(start), new AtomicLong(), ZoneOffset.UTC);
    }

    private ManualClock(Instant start, AtomicLong passed, ZoneId zone) {
        this.start = start;
        this.passed = passed;
        this.zone = zone;
    }

    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    /** The same time for those who measure it as {@link System#nanoTime()} does. */
    public long nanos() {
        return FIRST_NANOS + passed.get();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passed.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ManualClock(start, passed, other);
    }
}
