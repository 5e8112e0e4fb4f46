package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The steps of a push, with times since its request began; those of a run that an attempt before it had started are not its own. */
final class PushSteps {
    private PushSteps() {}

    static ArrayNode json(JournalEntry entry) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        long began = entry.request().beganNanos();
        add(list, "received", 0);
        entry.acceptedNanos().ifPresent(nanos -> add(list, "opened", nanos - began));
        entry.outcome().ifPresent(steps -> {
            steps.claimed().ifPresent(nanos -> add(list, "claimed", nanos - began));
            steps.handled().ifPresent(nanos -> add(list, "handled", nanos - began));
        });
        add(list, "answered", entry.endedNanos() - began);
        return list;
    }

    private static void add(ArrayNode list, String name, long nanos) {
        if (nanos < 0) {
            return;
        }
        list.addObject().put("name", name).put("micros", nanos / 1_000);
    }
}
