package io.weir.redis;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: growing, with jitter, so that a fleet does not come back as one. Not for use
 * by several threads.
 */
final class Backoff {
    private static final int MAX_DOUBLINGS = 20;

    private final Duration shortest;
    private final Duration longest;
    private final DoubleSupplier random;
    private int attempts;

    /** @param random from 0 to 1 */
    Backoff(Duration shortest, Duration longest, DoubleSupplier random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    /** Between half and the whole of the shortest first, then of its double, and so on. */
    Duration next() {
        Duration grown = shortest.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
        attempts++;
        Duration whole = grown.compareTo(longest) < 0 ? grown : longest;
        return Duration.ofMillis(Math.max(1, (long) (whole.toMillis() * (0.5 + random.getAsDouble() / 2))));
    }

    void reset() {
        attempts = 0;
    }
}
