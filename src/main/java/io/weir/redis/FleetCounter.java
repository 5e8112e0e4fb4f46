package io.weir.redis;

import io.vertx.core.Future;
import java.time.Duration;

/** Counts what may be taken so often within a time, for the whole fleet. Memory for one instance, Redis for several. Any thread. */
public interface FleetCounter {
    /**
     * Takes one from a budget. What is not granted does not count.
     *
     * @param name of the budget with its window in it, as in {@code wx123:token:2026-11-20}; without one the window
     *     begins with the first one taken
     * @param limit how many there are
     * @param window how long the count is kept after its first one
     * @return whether there was one left; never fails
     */
    Future<Boolean> take(String name, long limit, Duration window);

    /**
     * The same with a window that begins anew with each one taken.
     *
     * @param window how long after the last one they are all there again
     * @param granted how long ago what grants them has happened: if nothing was taken since, they are all there again
     */
    Future<Boolean> takeSince(String name, long limit, Duration window, Duration granted);

    /** How many were taken. Never fails. */
    Future<Long> taken(String name);

    /**
     * Whether the counts hold for the whole fleet at this moment. While they do not, because what is shared cannot be
     * reached, each instance takes no more than a tenth of a budget.
     */
    boolean shared();
}
