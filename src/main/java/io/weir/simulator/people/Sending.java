package io.weir.simulator.people;

import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.SimulatedPush;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A push that a person has caused, as far as it has come.
 *
 * @param number its place among the pushes of this person, from 1 on
 * @param at when the person caused it; a fault may let WeChat wait
 * @param tries its attempts in the order of their beginning, those of duplicates among them
 * @param end what came of it, as soon as WeChat has finished with it
 */
public record Sending(long number, Instant at, SimulatedPush push, List<Try> tries, Optional<Delivered> end) {
    public Sending {
        tries = List.copyOf(tries);
    }

    Sending began(int copy, int attempt, Instant start) {
        List<Try> more = new ArrayList<>(tries);
        more.add(new Try(copy, attempt, start, Optional.empty()));
        return new Sending(number, at, push, more, end);
    }

    Sending ended(int copy, DeliveryAttempt attempt) {
        List<Try> changed = new ArrayList<>(tries);
        changed.replaceAll(one -> one.copy() == copy && one.number() == attempt.number()
                ? new Try(copy, one.number(), one.start(), Optional.of(attempt))
                : one);
        return new Sending(number, at, push, changed, end);
    }

    Sending over(Delivered delivered) {
        return new Sending(number, at, push, tries, Optional.of(delivered));
    }

    /**
     * One attempt.
     *
     * @param copy 0, or the number of a duplicate that a fault ordered
     * @param end what came of it; empty while it runs
     */
    public record Try(int copy, int number, Instant start, Optional<DeliveryAttempt> end) {}
}
