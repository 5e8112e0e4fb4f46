package io.weir.redis;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with Redis as the operator should see it: faults that come and go by the second are one fault until it has
 * been quiet for a while. Any thread.
 */
final class Condition {
    private final long quietNanos;
    private @Nullable RedisFault current;
    private @Nullable RedisFault told;
    private long lastFault;
    private long lastTold;

    Condition(long quietNanos) {
        this.quietNanos = quietNanos;
    }

    /** Takes a fault in; says whether it is news. */
    synchronized boolean fault(RedisFault fault, long nowNanos) {
        boolean wasWell = current == null;
        boolean news = wasWell || (told != fault && nowNanos - lastTold >= quietNanos);
        current = fault;
        lastFault = nowNanos;
        if (news) {
            told = fault;
            lastTold = nowNanos;
        }
        return news;
    }

    /** Takes a success in; says whether it is news: the first after a quiet time. */
    synchronized boolean success(long nowNanos) {
        if (current == null || nowNanos - lastFault < quietNanos) {
            return false;
        }
        current = null;
        return true;
    }

    synchronized Optional<RedisFault> current() {
        return Optional.ofNullable(current);
    }
}
