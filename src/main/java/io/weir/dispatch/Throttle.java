package io.weir.dispatch;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets one occurrence of a repeating fault through to the log per period, and counts the others: a fault that repeats
 * logs that it goes on, not every occurrence. Any thread; bounded.
 */
public final class Throttle {
    private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();
    private final long periodNanos;
    private final int maxFaults;

    /**
     * Lets nothing through yet.
     *
     * @param period how long a fault stays quiet after it was let through
     * @param maxFaults how many different faults are let through in a period; more are held back uncounted
     */
    public Throttle(Duration period, int maxFaults) {
        this.periodNanos = period.toNanos();
        this.maxFaults = maxFaults;
    }

    /**
     * Asks whether to log an occurrence.
     *
     * @param fault names what repeats
     * @param nowNanos on the scale of {@link System#nanoTime()}
     * @return how many were held back since the last that was let through; empty when this one is to be held back
     */
    public OptionalLong admit(String fault, long nowNanos) {
        if (windows.size() >= maxFaults && !windows.containsKey(fault)) {
            windows.values().removeIf(window -> nowNanos - window.sinceNanos >= periodNanos);
            if (windows.size() >= maxFaults) {
                return OptionalLong.empty();
            }
        }
        Window next = windows.compute(fault, (key, window) -> {
            if (window == null || nowNanos - window.sinceNanos >= periodNanos) {
                return new Window(nowNanos, 0, window == null ? 0 : window.heldBack, true);
            }
            return new Window(window.sinceNanos, window.heldBack + 1, 0, false);
        });
        return next.open ? OptionalLong.of(next.reported) : OptionalLong.empty();
    }

    private record Window(long sinceNanos, long heldBack, long reported, boolean open) {}
}
