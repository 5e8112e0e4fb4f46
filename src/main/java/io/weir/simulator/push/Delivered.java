package io.weir.simulator.push;

import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.Pusher.PushRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A push with all that came of it.
 *
 * @param attempts in their order; none when a fault made WeChat lose the push
 * @param verdict what the user sees in the end: made of the last attempt
 * @param duplicates what came of the further deliveries that a fault ordered; they do not count in {@code verdict}, since
 *     only one reply is shown
 */
public record Delivered(
        SimulatedPush push,
        SimulatedAccount account,
        List<DeliveryAttempt> attempts,
        DeliveryVerdict verdict,
        List<Delivered> duplicates) {
    public Delivered {
        attempts = List.copyOf(attempts);
        duplicates = List.copyOf(duplicates);
    }

    static Delivered after(PushRequest pushRequest, List<DeliveryAttempt> attempts) {
        DeliveryVerdict verdict = attempts.get(attempts.size() - 1).outcome().verdict();
        return new Delivered(pushRequest.push(), pushRequest.account(), attempts, verdict, List.of());
    }

    static Delivered never(PushRequest pushRequest) {
        DeliveryVerdict lost = DeliveryVerdict.nothing("the push was dropped: the gateway never got it");
        return new Delivered(pushRequest.push(), pushRequest.account(), List.of(), lost, List.of());
    }

    Delivered with(List<Delivered> others) {
        return new Delivered(push, account, attempts, verdict, others);
    }

    /** Whether the gateway got the push and gave an answer that the platform takes. Duplicates do not count. */
    public boolean accepted() {
        return last().filter(DeliveryAttempt::accepted).isPresent();
    }

    /** The last attempt; empty when there was none. */
    public Optional<DeliveryAttempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** The answer to the last attempt; empty when that got none. */
    public Optional<Responded> answer() {
        return last().map(DeliveryAttempt::outcome)
                .filter(Responded.class::isInstance)
                .map(Responded.class::cast);
    }

    /** This one and its duplicates. */
    public List<Delivered> all() {
        List<Delivered> all = new ArrayList<>(List.of(this));
        all.addAll(duplicates);
        return all;
    }

    /** Whether each duplicate got the same answer, compared in the clear; true when there are none. */
    public boolean answersAlike() {
        return all().stream().map(Delivered::clear).distinct().count() == 1;
    }

    private Optional<String> clear() {
        return answer().map(answered -> answered.reading().clear());
    }

    /** Is told how a delivery goes while it goes. Called on any thread; must not wait. */
    public interface DeliveryProgress {
        /** For whom the end is enough. */
        DeliveryProgress UNSEEN = new DeliveryProgress() {
            @Override
            public void begins(int copy, int number, Instant at) {}

            @Override
            public void ended(int copy, DeliveryAttempt attempt) {}
        };

        /**
         * An attempt begins.
         *
         * @param copy 0, or the number of a duplicate that a fault ordered
         * @param number of the attempt, from 1 on
         * @param at by WeChat's clock
         */
        void begins(int copy, int number, Instant at);

        /** It is over, answered or not. */
        void ended(int copy, DeliveryAttempt attempt);
    }
}
