package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The tickets of an account (token-and-server-api.md §7). */
public final class Tickets implements Kept {
    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
