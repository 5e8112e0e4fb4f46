package io.weir.simulator.push;

import java.util.List;

/**
 * A kind of push with plausible values.
 *
 * @param wireName its MsgType or Event
 * @param elements what follows the head
 */
public record PushTemplate(String wireName, PushKind kind, List<Element> elements) {
    public PushTemplate {
        elements = List.copyOf(elements);
    }

    /** Whether it has an EventKey. */
    public boolean hasKey() {
        return Elements.find(elements, "EventKey").isPresent();
    }
}
