package io.weir.backend;

import io.weir.retry.Backoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Keeps requests from a backend that has failed several times in a row, and lets one through now and then to see whether it is back.
 *
 * <pre>
 *           ┌─ success: failures in a row = 0
 *  Closed ──┴─ {@value #MOST_FAILURES} failures in a row ──► Open ── pause over: the next request is the probe ──► HalfOpen
 *    ▲                                        ▲                                                     │
 *    │                                        └── the probe fails: a longer pause ──────────────────┤
 *    └── the probe succeeds ────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * Whatever was under way before it opened tells nothing any more. Any thread.
 */
final class CircuitBreaker {
    static final int MOST_FAILURES = 10;
    private static final Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final DoubleSupplier random;
    private State state = new Closed(0);

    /** @param random from 0 to 1 */
    CircuitBreaker(DoubleSupplier random) {
        this.random = random;
    }

    private sealed interface State {}

    private record Closed(int failures) implements State {}

    /** @param openings how often it has opened since it was closed */
    private record Open(int openings, long untilNanos) implements State {}

    private record HalfOpen(int openings) implements State {}

    /** Whether a request may leave. */
    enum Admission {
        /** As always. */
        YES,
        /** As the probe: it tells by {@link #succeeded} or {@link #failed} how it ended, whatever happens. */
        PROBE,
        NO
    }

    /** Asks for a request. */
    synchronized Admission admit(long nowNanos) {
        if (state instanceof Closed) {
            return Admission.YES;
        }
        if (state instanceof Open open && nowNanos - open.untilNanos >= 0) {
            state = new HalfOpen(open.openings);
            return Admission.PROBE;
        }
        return Admission.NO;
    }

    /** A request was answered. */
    synchronized void succeeded(Admission as) {
        if (as == Admission.PROBE || (state instanceof Closed closed && closed.failures > 0)) {
            state = new Closed(0);
        }
    }

    /** A request failed in a way that tells of the backend, not of the one answer. */
    synchronized void failed(Admission as, long nowNanos) {
        if (as == Admission.PROBE && state instanceof HalfOpen half) {
            open(half.openings + 1, nowNanos);
        } else if (state instanceof Closed closed) {
            if (closed.failures + 1 < MOST_FAILURES) {
                state = new Closed(closed.failures + 1);
            } else {
                open(1, nowNanos);
            }
        }
    }

    private void open(int openings, long nowNanos) {
        Duration pause = PAUSES.after(openings, random.getAsDouble());
        state = new Open(openings, nowNanos + pause.toNanos());
    }
}
