package io.weir.dispatch.once;

import java.time.Duration;

/**
 * The times of once-only.
 *
 * @param lease how long a run is its owner's without being renewed; then a repeat takes it over
 * @param kept how long an answer is kept after it was decided
 * @param run how long a handler may take, whatever its deadline: under the minute in which a tap grants messages
 * @param apart arrivals closer than this are one attempt of WeChat's, which waits 5 s for each
 * @param lapse how long after its arrival an unanswered attempt is cut, when the peer has not cut it
 * @param window how far a request's timestamp may be from now, both ways: for twice that long its stamp is remembered
 */
public record OnceLimits(Duration lease, Duration kept, Duration run, Duration apart, Duration lapse, Duration window) {

    /** What holds where nothing else is said. */
    public static final OnceLimits DEFAULT = new OnceLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(55),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofMinutes(10));

    /** The same with another window. */
    public OnceLimits withWindow(Duration other) {
        return new OnceLimits(lease, kept, run, apart, lapse, other);
    }

    /** The same with another lease, renewed three times while it lasts. */
    OnceLimits withLease(Duration other) {
        return new OnceLimits(other, kept, run, apart, lapse, window);
    }

    /** How long a run is remembered that nobody finishes. */
    Duration unfinished() {
        return run.plus(kept);
    }
}
