package io.weir.dispatch;

import java.time.Duration;

/**
 * The moment at which a push must be answered, whatever the answer is by then. One value per push, handed to everything
 * that waits.
 *
 * @param atNanos on the scale of {@link System#nanoTime()}, so that a jump of the wall clock does not move it
 */
public record Deadline(long atNanos) {

    /** The deadline that is so far away from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Milliseconds left at {@code nowNanos}, at least 1, so that they can be given to a timer. */
    public long remainingMillis(long nowNanos) {
        return Math.max(1, (atNanos - nowNanos) / 1_000_000);
    }

    /** Whether it is over at {@code nowNanos}. */
    public boolean isPast(long nowNanos) {
        return atNanos - nowNanos <= 0;
    }
}
