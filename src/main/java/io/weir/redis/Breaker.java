package io.weir.redis;

/**
 * Lets commands fail at once while Redis does nothing but refuse: after some failures in a row none passes for a while,
 * then one, and its outcome decides. Any thread.
 */
final class Breaker {
    private final int limit;
    private final long restNanos;
    private int failures;
    private long closedUntil;

    Breaker(RedisLimits limits) {
        this.limit = limits.failures();
        this.restNanos = limits.rest().toNanos();
    }

    /** Whether a command may pass. */
    synchronized boolean admits(long nowNanos) {
        if (failures < limit) {
            return true;
        }
        if (nowNanos - closedUntil < 0) {
            return false;
        }
        closedUntil = nowNanos + restNanos;
        return true;
    }

    /** Whether commands pass as usual. */
    synchronized boolean isCalm() {
        return failures < limit;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed(long nowNanos) {
        failures = Math.min(failures + 1, limit);
        closedUntil = nowNanos + restNanos;
    }
}
