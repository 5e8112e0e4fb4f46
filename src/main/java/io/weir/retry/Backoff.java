package io.weir.retry;

import java.time.Duration;

/**
 * How long to wait before the next attempt: growing, and each time a random part of what it may be, so that a fleet does not
 * come back as one. Pure; any thread.
 *
 * @param first the whole of it after one attempt in vain
 * @param longest where it stops to grow
 * @param growth what it is multiplied by with each further one
 */
public record Backoff(Duration first, Duration longest, double growth) {

    /** One that doubles. */
    public static Backoff doubling(Duration first, Duration longest) {
        return new Backoff(first, longest, 2);
    }

    /**
     * The pause.
     *
     * @param attempts in vain so far, from 1
     * @param random from 0 to 1: how long of the half to the whole it is
     */
    public Duration after(int attempts, double random) {
        double grown = first.toNanos() * Math.pow(growth, attempts - 1);
        return jittered(Duration.ofNanos((long) Math.min(grown, (double) longest.toNanos())), random);
    }

    /** Between the half and the whole of a time. */
    public static Duration jittered(Duration whole, double random) {
        return Duration.ofNanos((long) (whole.toNanos() * (0.5 + random / 2)));
    }
}
