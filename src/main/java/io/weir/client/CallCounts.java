package io.weir.client;

import io.vertx.core.Future;
import java.time.Duration;

/** Counts calls of the whole fleet in windows of time. Memory for one instance, Redis for several. Any thread. */
public interface CallCounts {
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

    /** How many were taken. Never fails. */
    Future<Long> taken(String name);

    /**
     * Whether the counts hold for the whole fleet at this moment. While they do not, because what is shared cannot be
     * reached, each instance takes no more than a tenth of a budget.
     */
    boolean shared();
}
