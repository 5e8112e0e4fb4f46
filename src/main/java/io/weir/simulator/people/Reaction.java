package io.weir.simulator.people;

import io.weir.simulator.push.Delivered;
import java.util.List;

/**
 * What came of something that a person did.
 *
 * @param pushes each with its attempts, in the order in which they were sent; none for what WeChat keeps to itself
 * @param lines what appeared in the chat because of it, without what the person wrote themselves
 */
public record Reaction(List<Delivered> pushes, List<ChatLine> lines) {
    /** Nothing, or nothing yet. */
    public static final Reaction NONE = new Reaction(List.of(), List.of());

    public Reaction {
        pushes = List.copyOf(pushes);
        lines = List.copyOf(lines);
    }
}
