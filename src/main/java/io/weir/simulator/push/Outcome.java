package io.weir.simulator.push;

import java.time.Duration;

/** What came of one attempt to deliver a push. */
public sealed interface Outcome {
    /** From the beginning, connecting included, to the end of the answer or to giving up. */
    Duration time();

    /** A complete HTTP answer came in time. */
    record Answered(int status, Reading reading, Duration time) implements Outcome {}

    /**
     * No complete answer came: the platform would try again, then show the fault notice.
     *
     * @param problem what happened, in one line
     */
    record Unanswered(String problem, Duration time) implements Outcome {}
}
