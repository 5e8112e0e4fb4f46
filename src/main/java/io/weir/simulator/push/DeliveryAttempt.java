package io.weir.simulator.push;

import io.weir.simulator.push.PushSigner.SignedPush;
import java.time.Duration;
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

    /** What came of one attempt to deliver a push. */
    public sealed interface DeliveryOutcome {
        /** From the beginning, connecting included, to the end of the answer or to giving up. */
        Duration time();

        /** What the user would see, were this the last attempt. */
        DeliveryVerdict verdict();

        /**
         * Whether the platform sends the push again. It does when no answer came (push-protocol.md §7); that it also does after
         * another status than 200 is not documented (§6). An answer of 200 ends it, however unusable.
         */
        boolean lapsed();

        /** A complete HTTP answer came in time. */
        record Responded(int status, AnswerReading reading, Duration time) implements DeliveryOutcome {
            @Override
            public DeliveryVerdict verdict() {
                return reading.verdict();
            }

            @Override
            public boolean lapsed() {
                return status != 200;
            }
        }

        /**
         * No complete answer came: no connection, or closed too early, or cut by the platform.
         *
         * @param problem what happened, in one line
         */
        record Unanswered(String problem, Duration time) implements DeliveryOutcome {
            @Override
            public DeliveryVerdict verdict() {
                return DeliveryVerdict.fault(problem);
            }

            @Override
            public boolean lapsed() {
                return true;
            }
        }
    }

    /**
     * An answer as the platform reads it.
     *
     * @param kind MsgType of the reply, or {@code success}, {@code empty}, {@code unusable}
     * @param encrypted whether it came encrypted
     * @param clear the body, decrypted if it could be
     */
    public record AnswerReading(String kind, boolean encrypted, String clear, DeliveryVerdict verdict) {}
}
