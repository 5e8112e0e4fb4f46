package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The menus of an account and who sees which (menu-api.md). */
public final class Menus implements Kept {
    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
