package io.weir.simulator.push;

import io.weir.simulator.push.Outcome.Answered;

/** One attempt to deliver a push: what was sent and what came of it. */
public record Delivery(SimulatedPush push, SimulatedAccount account, SignedPush request, Outcome outcome) {
    /** Whether the platform takes the answer: 200 and a valid reply, {@code success} or nothing. */
    public boolean accepted() {
        return outcome instanceof Answered answered
                && answered.reading().verdict().effect() != Verdict.Effect.FAULT;
    }
}
