package io.weir.http;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Knows when an event loop stood still: the process was stopped, or a collection or a callback took long. What is read soon
 * after that may have waited in the kernel all the while, and its sender may have gone.
 *
 * <p>One per event loop, used on it. A tick every {@value #TICK_MILLIS} ms; nothing per request but a comparison.
 */
public final class LoopStalls {
    private static final long TICK_MILLIS = 100;
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** So long it takes at most to accept and read what has been waiting. */
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private long lastTick;
    private long stalledSince;
    private long caughtUp;

    /** One that has not stood still. */
    LoopStalls(long now) {
        lastTick = now;
        stalledSince = now;
        caughtUp = now;
    }

    /** Watches the event loop that this is called on. */
    public static LoopStalls on(Vertx vertx) {
        LoopStalls stalls = new LoopStalls(System.nanoTime());
        vertx.setPeriodic(TICK_MILLIS, id -> stalls.tick(System.nanoTime()));
        return stalls;
    }

    void tick(long now) {
        if (now - lastTick > STALL_NANOS) {
            stalledSince = lastTick;
            caughtUp = now + CATCH_UP_NANOS;
        }
        lastTick = now;
    }

    /**
     * Since when the sender of a request has been waiting, at worst.
     *
     * @param now when the request was read, on the scale of {@link System#nanoTime()}
     * @return {@code now}, or the last moment at which the loop was known to run if the request may be from before a stall
     */
    public long waitingSince(long now) {
        if (now - lastTick > STALL_NANOS) {
            return lastTick;
        }
        return now - caughtUp < 0 ? stalledSince : now;
    }
}
