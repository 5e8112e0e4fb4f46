package io.weir.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.dispatch.journal.Entry;

/** The way of a push, with times since its request began. */
final class PushSteps {
    private PushSteps() {}

    static ArrayNode json(Entry entry) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        long began = entry.incoming().beganNanos();
        add(list, "received", 0);
        entry.steps().ifPresent(steps -> {
            add(list, "opened", steps.opened() - began);
            steps.claimed().ifPresent(nanos -> add(list, "claimed", nanos - began));
            steps.handled().ifPresent(nanos -> add(list, "handled", nanos - began));
        });
        add(list, "answered", entry.endedNanos() - began);
        return list;
    }

    private static void add(ArrayNode list, String name, long nanos) {
        list.addObject().put("name", name).put("micros", nanos / 1_000);
    }
}
