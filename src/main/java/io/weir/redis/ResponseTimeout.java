package io.weir.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides how long Redis has had for its answers. Time counts only while the event loop that reads them runs, so that a busy
 * process, a garbage collection or a frozen container is never taken for a Redis that is away. The loop ticks every
 * {@link #PERIOD}; the time before a tick that came late does not count.
 *
 * <table>
 * <caption>What a tick does to the silence of Redis</caption>
 * <tr><th>tick</th><th>an answer since the last one</th><th>something in flight</th><th>silence</th></tr>
 * <tr><td>any</td><td>yes</td><td>any</td><td>begins anew</td></tr>
 * <tr><td>any</td><td>no</td><td>no</td><td>begins anew</td></tr>
 * <tr><td>late</td><td>no</td><td>yes</td><td>stays as it is</td></tr>
 * <tr><td>on time</td><td>no</td><td>yes</td><td>grows; at the limit Redis is away</td></tr>
 * </table>
 *
 * <p>Pure: the time is passed in. Not for use by several threads.
 */
final class ResponseTimeout {
    /** From one tick to the next. */
    static final Duration PERIOD = Duration.ofMillis(100);

    private static final long PERIOD_NANOS = PERIOD.toNanos();
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long silenceNanos;
    private long lastTick;
    private long counted;
    private long silentSince;
    private boolean heard;

    /**
     * Begins to count.
     *
     * @param silence after so much of it Redis is away
     */
    ResponseTimeout(Duration silence, long nanos) {
        this.silenceNanos = silence.toNanos();
        this.lastTick = nanos;
    }

    /** The end of a limit that begins now, on the scale of {@link #counted}. */
    long deadline(Duration limit, long nanos) {
        return counted + Math.min(nanos - lastTick, PERIOD_NANOS + TOLERANCE_NANOS) + limit.toNanos();
    }

    /** An answer has come, of whatever kind. */
    void heard() {
        heard = true;
    }

    /** Ticks; says whether it was on time. */
    boolean tick(long nanos, boolean asked) {
        boolean onTime = isOnTime(nanos - lastTick, PERIOD);
        if (onTime) {
            counted += nanos - lastTick;
        }
        lastTick = nanos;
        if (heard || !asked) {
            silentSince = counted;
            heard = false;
        }
        return onTime;
    }

    /** Whether a timer of this loop came so soon that the loop had time for everything else as well. */
    static boolean isOnTime(long waitedNanos, Duration timer) {
        return waitedNanos <= timer.toNanos() + TOLERANCE_NANOS;
    }

    /** The time that has counted until the last tick. */
    long counted() {
        return counted;
    }

    /** Whether nothing was left unanswered between the last two ticks. */
    boolean isAnswering() {
        return counted == silentSince;
    }

    /** Whether Redis has left everything unanswered for so long that it is away. */
    boolean isSilent() {
        return !heard && counted - silentSince >= silenceNanos;
    }
}
