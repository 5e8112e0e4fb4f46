package io.weir.client;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts of a fleet of one, or, where several instances cannot reach what they share, of one of them. Bounded: when there
 * are too many names at once, a new one gets nothing.
 */
public final class MemoryCallCounts implements CallCounts {
    private static final int MAX_NAMES = 10_000;

    private final Map<String, Count> counts = new HashMap<>();
    private final Clock clock;

    public MemoryCallCounts(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Future<Boolean> take(String name, long limit, Duration window) {
        Instant now = clock.instant();
        Count count = live(name, now);
        if (count.taken >= limit || (count.taken == 0 && !hasRoom(now))) {
            return Future.succeededFuture(false);
        }
        counts.put(name, new Count(count.taken + 1, count.taken == 0 ? now.plus(window) : count.end));
        return Future.succeededFuture(true);
    }

    @Override
    public synchronized Future<Long> taken(String name) {
        return Future.succeededFuture(live(name, clock.instant()).taken);
    }

    /** Since there is no other instance. */
    @Override
    public boolean shared() {
        return true;
    }

    private Count live(String name, Instant now) {
        Count count = counts.get(name);
        return count == null || !count.end.isAfter(now) ? new Count(0, now) : count;
    }

    private boolean hasRoom(Instant now) {
        if (counts.size() >= MAX_NAMES) {
            counts.values().removeIf(count -> !count.end.isAfter(now));
        }
        return counts.size() < MAX_NAMES;
    }

    private record Count(long taken, Instant end) {}
}
