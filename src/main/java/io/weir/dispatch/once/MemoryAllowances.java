package io.weir.dispatch.once;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The allowances that one instance counts; of more than it can hold, those taken longest ago are forgotten. */
public final class MemoryAllowances implements Allowances {
    private static final int MAX = 100_000;

    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime in production {@link System#nanoTime()} */
    public MemoryAllowances(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Future<Boolean> take(String what, int limit, Duration window, Duration granted) {
        long now = nanoTime.getAsLong();
        Taken before = taken.get(what);
        int count = before == null || before.isOver(now, granted) ? 0 : before.count;
        if (count >= limit) {
            return Future.succeededFuture(false);
        }
        taken.remove(what);
        taken.put(what, new Taken(count + 1, now, now + window.toNanos()));
        forget(now);
        return Future.succeededFuture(true);
    }

    private void forget(long now) {
        Iterator<Taken> oldest = taken.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().endNanos >= 0 || taken.size() > MAX)) {
            oldest.remove();
        }
    }

    private record Taken(int count, long lastNanos, long endNanos) {
        boolean isOver(long now, Duration granted) {
            return now - endNanos >= 0 || now - granted.toNanos() - lastNanos > 0;
        }
    }
}
