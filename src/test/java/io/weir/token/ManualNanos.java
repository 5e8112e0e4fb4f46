package io.weir.token;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that moves when a test says so. It begins below zero, as the real one may. */
final class ManualNanos implements LongSupplier {
    private final AtomicLong now = new AtomicLong(-1_000_000_000L);

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
