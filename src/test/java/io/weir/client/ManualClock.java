package io.weir.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that only a test moves. */
public final class ManualClock extends Clock {
    private final AtomicLong now;
    private final ZoneId zone;

    public ManualClock(String start) {
        this(new AtomicLong(Instant.parse(start).toEpochMilli()), ZoneOffset.UTC);
    }

    private ManualClock(AtomicLong now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    public void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    /** The same time for those who measure it in nanoseconds. */
    public long nanos() {
        return now.get() * 1_000_000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ManualClock(now, other);
    }
}
