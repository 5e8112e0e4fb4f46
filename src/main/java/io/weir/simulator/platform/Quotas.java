package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How often each call was made today, and how often it may be (token-and-server-api.md §6, menu-api.md §8). */
public final class Quotas implements Kept {
    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
