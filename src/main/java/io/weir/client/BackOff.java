package io.weir.client;

import java.time.Duration;

/** Growing pauses between repeats, each a random part of what it may be, so that callers do not come back in step. */
final class BackOff {
    /** In all, the first included (token-and-server-api.md §4). */
    static final int MAX_TRIES = 3;

    private static final long FIRST_MILLIS = 200;
    private static final int GROWTH = 3;

    private BackOff() {}

    /**
     * The pause after so many tries.
     *
     * @param random from 0 to 1: how long of the half to the whole it is
     */
    static Duration pause(int tries, double random) {
        double longest = FIRST_MILLIS * Math.pow(GROWTH, tries - 1);
        return Duration.ofMillis(Math.round(longest * (0.5 + random / 2)));
    }
}
