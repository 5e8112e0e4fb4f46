package io.weir.faults.push;

/**
 * A line of the pusher's ledger: one attempt at one push, and what came of it.
 *
 * @param push id of the push
 * @param number 1 for the first attempt
 * @param sentAtMillis when, since 1970
 * @param millis how long it took
 * @param outcome what came of it
 * @param reply the reply in clear where it was accepted, else what went wrong
 */
public record Attempt(String push, int number, long sentAtMillis, double millis, Outcome outcome, String reply) {

    /** What came of an attempt. */
    public enum Outcome {
        /** 200 with {@code success}, nothing, or a reply that WeChat takes. */
        ACCEPTED,
        /** No answer within WeChat's five seconds. */
        LATE,
        /** Another status, an answer that WeChat does not take, or no connection. */
        FAILED
    }

    boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }

    /** Whether the gateway answered with a reply of replies.yaml: no run had a part in it. */
    public boolean isByReplies() {
        return reply.contains(" by weir.replies");
    }

    /** Whether the gateway answered in the place of a backend that gave no reply. */
    public boolean isOtherwise() {
        return reply.contains(" by weir.otherwise");
    }
}
