package io.weir.simulator.load;

import io.weir.simulator.push.Attempt;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.Outcome;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Reading;
import io.weir.simulator.push.SignedPush;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.push.Verdict;
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

    static Delivered answered(String body, Verdict.Effect effect, Duration time) {
        Verdict verdict = new Verdict(effect, effect == Verdict.Effect.FAULT ? body : "", Optional.empty());
        return of(new Outcome.Answered(200, new Reading("text", false, body, verdict), time));
    }

    static Delivered unanswered(String problem) {
        return of(new Outcome.Unanswered(problem, Duration.ofSeconds(5)));
    }

    private static Delivered of(Outcome outcome) {
        SignedPush request = new SignedPush(URI.create("http://127.0.0.1/"), PUSH.xml());
        Attempt attempt = new Attempt(1, Instant.EPOCH, request, outcome);
        return new Delivered(PUSH, TestAccounts.in(PushMode.PLAINTEXT), List.of(attempt), outcome.verdict(), List.of());
    }
}
