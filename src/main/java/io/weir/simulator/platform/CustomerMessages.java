package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The right to write to a person, and what was written (token-and-server-api.md §8). */
public final class CustomerMessages implements Kept {
    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
