package io.weir.simulator.push;

import io.weir.simulator.push.PushTemplate.PushKind;
import java.time.Duration;
import java.util.List;

/**
 * A push before it is signed: the same for each attempt to deliver it.
 *
 * @param type wire name, as the template has it
 * @param elements all of them, the head included
 */
public record SimulatedPush(String type, PushKind kind, List<Element> elements) {
    private static final String CREATE_TIME = "CreateTime";

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

    /** The same push from a machine whose clock is ahead by that much: only CreateTime differs. */
    SimulatedPush createdLater(Duration ahead) {
        String created = value(CREATE_TIME);
        if (ahead.isZero() || !created.matches("[0-9]{1,15}")) {
            return this;
        }
        String shifted = Long.toString(Long.parseLong(created) + ahead.toSeconds());
        return new SimulatedPush(type, kind, Element.with(elements, List.of(CREATE_TIME), shifted));
    }

    /** The value of a top-level element, empty when it is not there. */
    public String value(String name) {
        return Element.value(elements, name).orElse("");
    }
}
