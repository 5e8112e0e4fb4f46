package io.weir.bench;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param rounds how often each server has its turn
 * @param window how long each of the two measurements of a round takes
 * @param warmUpPushes the least pushes under full load before the first round
 * @param longestWarmUp the most time for them, and for a server that still gets faster
 * @param rate pushes a second, where latency is measured
 * @param starts how often each server is started
 * @param connections kept-alive connections, and so the most pushes on their way at once
 */
record Plan(
        int rounds, Duration window, int warmUpPushes, Duration longestWarmUp, int rate, int starts, int connections) {
    /** The most pushes in a window: prepared pushes and kept answers have to fit into memory. */
    static final int MAX_PUSHES = 100_000;

    /** Pushes for a window under full load of a server that takes {@code perSecond}; with some to spare. */
    int enough(double perSecond, Duration time) {
        return (int) Math.min(MAX_PUSHES, Math.max(1_000, perSecond * 1.5 * time.toMillis() / 1e3));
    }

    /** Pushes of a window at the steady rate. */
    int paced() {
        return (int) Math.min(MAX_PUSHES, rate * window.toMillis() / 1_000);
    }
}
