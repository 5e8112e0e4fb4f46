package io.weir.simulator.people;

import io.weir.simulator.push.SimulatedPush;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The last pushes of a person. Any thread. */
final class Sendings {
    private static final int KEPT = 50;

    private final TreeMap<Long, Sending> byNumber = new TreeMap<>();
    private final Clock clock;
    private long number;

    Sendings(Clock clock) {
        this.clock = clock;
    }

    synchronized Sending add(SimulatedPush push) {
        Sending sending = new Sending(++number, clock.instant(), push, List.of(), Optional.empty());
        byNumber.put(sending.number(), sending);
        if (byNumber.size() > KEPT) {
            byNumber.pollFirstEntry();
        }
        return sending;
    }

    /** What has become of one; one that is no longer kept stays forgotten. */
    synchronized Sending change(Sending sending, UnaryOperator<Sending> change) {
        Sending changed = change.apply(Objects.requireNonNullElse(byNumber.get(sending.number()), sending));
        byNumber.replace(sending.number(), changed);
        return changed;
    }

    /** The last ones, oldest first. */
    synchronized List<Sending> all() {
        return List.copyOf(byNumber.values());
    }
}
