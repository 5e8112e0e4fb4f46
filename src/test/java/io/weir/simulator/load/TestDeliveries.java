package io.weir.simulator.load;

import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushSigner.SignedPush;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.push.TestAccounts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pushes that are over. */
final class TestDeliveries {
    private static final SimulatedPush PUSH =
            new PushFactory(PushTemplates.bundled()).create(PushOrder.of("text"), TestAccounts.withoutKey());

    private TestDeliveries() {}

    static Delivered answered(String body, DeliveryVerdict.Effect effect, Duration time) {
        DeliveryVerdict verdict = new DeliveryVerdict(
                effect, effect == DeliveryVerdict.Effect.FAULT ? body : "", Optional.empty(), Optional.empty());
        return of(new DeliveryOutcome.Responded(200, new AnswerReading("text", false, body, verdict), time));
    }

    static Delivered unanswered(String problem) {
        return of(new DeliveryOutcome.Unanswered(problem, Duration.ofSeconds(5)));
    }

    private static Delivered of(DeliveryOutcome outcome) {
        SignedPush request = new SignedPush(URI.create("http://127.0.0.1/"), PUSH.xml());
        DeliveryAttempt attempt = new DeliveryAttempt(1, Instant.EPOCH, request, outcome);
        return new Delivered(PUSH, TestAccounts.in(PushMode.PLAINTEXT), List.of(attempt), outcome.verdict(), List.of());
    }
}
