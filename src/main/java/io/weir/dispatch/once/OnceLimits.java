package io.weir.dispatch.once;

import java.time.Duration;

/**
 * The times and bounds of once-only.
 *
 * @param lease how long an execution is its owner's after its row was last written; then a repeat takes it over
 * @param kept how long an answer is kept after it was decided
 * @param run how long a handler may take, whatever its deadline: under the minute in which a tap grants messages
 * @param claim how long a claim waits for the store, if the attempt can afford it
 * @param acknowledge how long an acknowledgement waits for the store, after the attempt's deadline
 * @param attempts how far apart the attempts of WeChat's are
 * @param untaken how long an answer that no attempt was given waits for the next attempt, before it is sent late; an unanswered
 *     attempt is cut so long after its arrival, when the peer has not cut it
 * @param window how far a request's timestamp may be from now, both ways: for twice that long its key is remembered
 * @param maxExecutions how many executions may be in flight; half of them of one type
 * @param maxBytes how many bytes their pushes may hold
 */
public record OnceLimits(
        Duration lease,
        Duration kept,
        Duration run,
        Duration claim,
        Duration acknowledge,
        Duration attempts,
        Duration untaken,
        Duration window,
        int maxExecutions,
        long maxBytes) {
    private static final int HEAP_PER_EXECUTION = 32 * 1024;
    private static final int SHARE_OF_THE_HEAP = 8;

    /** What holds where nothing else is said; the bounds by the heap that there is. */
    public static final OnceLimits DEFAULT = new OnceLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(55),
            Duration.ofMillis(1_500),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(6),
            Duration.ofMinutes(10),
            (int) Math.min(1 << 16, Runtime.getRuntime().maxMemory() / HEAP_PER_EXECUTION),
            Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);

    /** The same with another window. */
    public OnceLimits withWindow(Duration other) {
        return new OnceLimits(lease, kept, run, claim, acknowledge, attempts, untaken, other, maxExecutions, maxBytes);
    }

    /** The number of an attempt that arrives so long after the first: copies that come within 3 s of it have its number. */
    int attempt(long millisSinceFirst) {
        long step = attempts.toMillis();
        return (int) (1 + Math.max(0, millisSinceFirst + step * 2 / 5) / step);
    }
}
