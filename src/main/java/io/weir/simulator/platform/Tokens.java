package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The access_tokens of an account (token-and-server-api.md §1–2). */
public final class Tokens implements Kept {
    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
