package io.weir.dispatch.once;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long claims wait for the store. Time counts only while the event loop runs: a loop that is late has not read what the store
 * said, and says nothing about the store. Used on that event loop, by one tick for all claims.
 */
final class ClaimLimits {
    static final long TICK_MILLIS = 100;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    /** A tick that comes so much later than it was due does not count. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long counted;
    private long dueNanos;

    /** @param nowNanos when the ticks begin */
    ClaimLimits(long nowNanos) {
        this.dueNanos = nowNanos + TICK_NANOS;
    }

    /** @param over nothing happens when that is so */
    private record Entry(long limit, BooleanSupplier over, Runnable passed) {}

    /** Has something done when so much time has counted, unless it needs not be done any more then. */
    void add(long waitNanos, BooleanSupplier over, Runnable passed) {
        while (!entries.isEmpty() && entries.getFirst().over.getAsBoolean()) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(counted + waitNanos, over, passed));
    }

    /** A tick, {@link #TICK_MILLIS} after the one before or later. */
    void tick(long nowNanos) {
        boolean onTime = nowNanos - dueNanos <= LATE_NANOS;
        dueNanos = nowNanos + TICK_NANOS;
        if (!onTime) {
            return;
        }
        counted += TICK_NANOS;
        ArrayDeque<Entry> due = new ArrayDeque<>();
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.over.getAsBoolean()) {
                all.remove();
            } else if (entry.limit <= counted) {
                all.remove();
                due.add(entry);
            }
        }
        due.forEach(entry -> entry.passed.run());
    }
}
