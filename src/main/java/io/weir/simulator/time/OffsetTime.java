package io.weir.simulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Another time whose clock is wrong by an offset that can be changed; what happens later happens as late as without it.
 * Any thread.
 */
public final class OffsetTime implements SimulatedTime {
    private volatile Duration offset = Duration.ZERO;
    private final SimulatedTime base;

    public OffsetTime(SimulatedTime base) {
        this.base = base;
    }

    /** By how much the clock is ahead; negative: behind. */
    public Duration offset() {
        return offset;
    }

    /** Puts the clock ahead of the other's, or with a negative offset behind. */
    public void offset(Duration changed) {
        offset = changed;
    }

    @Override
    public Clock clock() {
        InstantSource shifted = () -> base.clock().instant().plus(offset);
        return shifted.withZone(ZoneOffset.UTC);
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        return base.after(delay, action);
    }
}
