package io.weir.simulator.push;

import java.util.List;

/**
 * A push before it is signed: the same for each attempt to deliver it.
 *
 * @param type wire name, as the template has it
 * @param elements all of them, the head included
 */
public record SimulatedPush(String type, PushKind kind, List<Element> elements) {
    public SimulatedPush {
        elements = List.copyOf(elements);
    }

    /** The plain XML as it is sent. */
    public String xml() {
        return PushXml.compact(elements);
    }

    /** The same for people to read. */
    public String prettyXml() {
        return PushXml.pretty(elements);
    }

    /** The value of a top-level element, empty when it is not there. */
    public String value(String name) {
        return Elements.value(elements, name).orElse("");
    }
}
