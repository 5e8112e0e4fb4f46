package io.weir.redis;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts of a fleet of one, or, where several instances cannot reach what they share, of one of them. Bounded: where there are
 * too many names at once, a new budget gets nothing, and of what begins anew with each one taken that is forgotten which was
 * taken longest ago.
 */
public final class MemoryFleetCounter implements FleetCounter {
    private static final int MAX_NAMES = 100_000;

    /** The one taken longest ago first, of those whose window begins anew with each. */
    private final Map<String, Count> counts = new LinkedHashMap<>();

    private final LongSupplier nanoTime;
    private final int maxNames;

    /** @param nanoTime in production {@link System#nanoTime()} */
    public MemoryFleetCounter(LongSupplier nanoTime) {
        this(nanoTime, MAX_NAMES);
    }

    MemoryFleetCounter(LongSupplier nanoTime, int maxNames) {
        this.nanoTime = nanoTime;
        this.maxNames = maxNames;
    }

    @Override
    public synchronized Future<Boolean> take(String name, long limit, Duration window) {
        long now = nanoTime.getAsLong();
        Count before = live(name, now);
        boolean first = before.taken == 0;
        if (before.taken >= limit || (first && !hasRoom(now))) {
            return Future.succeededFuture(false);
        }
        counts.put(name, new Count(before.taken + 1, now, first ? now + window.toNanos() : before.endNanos));
        return Future.succeededFuture(true);
    }

    @Override
    public synchronized Future<Boolean> takeSince(String name, long limit, Duration window, Duration granted) {
        long now = nanoTime.getAsLong();
        Count before = live(name, now);
        long taken = now - granted.toNanos() - before.lastNanos > 0 ? 0 : before.taken;
        if (taken >= limit) {
            return Future.succeededFuture(false);
        }
        counts.remove(name);
        counts.put(name, new Count(taken + 1, now, now + window.toNanos()));
        Iterator<Count> oldest = counts.values().iterator();
        while (oldest.hasNext() && (oldest.next().isOver(now) || counts.size() > maxNames)) {
            oldest.remove();
        }
        return Future.succeededFuture(true);
    }

    @Override
    public synchronized Future<Long> taken(String name) {
        return Future.succeededFuture(live(name, nanoTime.getAsLong()).taken);
    }

    /** Since there is no other instance. */
    @Override
    public boolean shared() {
        return true;
    }

    private Count live(String name, long now) {
        Count count = counts.get(name);
        return count == null || count.isOver(now) ? new Count(0, now, now) : count;
    }

    private boolean hasRoom(long now) {
        if (counts.size() >= maxNames) {
            counts.values().removeIf(count -> count.isOver(now));
        }
        return counts.size() < maxNames;
    }

    private record Count(long taken, long lastNanos, long endNanos) {
        boolean isOver(long now) {
            return now - endNanos >= 0;
        }
    }
}
