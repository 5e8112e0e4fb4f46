package io.weir.simulator.push;

import java.time.Instant;

/**
 * One attempt to deliver a push: what was sent and what came of it.
 *
 * @param number from 1 on
 * @param start when it was begun, by WeChat's clock
 */
public record DeliveryAttempt(int number, Instant start, SignedPush request, DeliveryOutcome outcome) {
    /** Whether the platform takes the answer: 200 and a valid reply, {@code success} or nothing. */
    public boolean accepted() {
        return outcome.verdict().effect() != DeliveryVerdict.Effect.FAULT;
    }
}
