package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The menu of those for whom there is no personalised one; the last that there was, once it is deleted.
 *
 * @param open whether it is in force
 * @param byConsole whether it was made on WeChat's website: menu/get does not find it then
 * @param button in the usual shape, {@code sub_button} an array
 */
record StoredDefaultMenu(boolean open, boolean byConsole, long menuid, ArrayNode button) {
    static StoredDefaultMenu none() {
        return new StoredDefaultMenu(false, false, 0, JsonNodeFactory.instance.arrayNode());
    }

    static StoredDefaultMenu byApi(long menuid, ArrayNode button) {
        return new StoredDefaultMenu(true, false, menuid, button);
    }

    static StoredDefaultMenu byConsole(long menuid, ArrayNode button) {
        return new StoredDefaultMenu(true, true, menuid, button);
    }

    StoredDefaultMenu deleted() {
        return new StoredDefaultMenu(false, byConsole, menuid, button);
    }

    boolean isOfApi() {
        return open && !byConsole;
    }

    ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.put("open", open).put("byConsole", byConsole).put("menuid", menuid);
        saved.set("button", button.deepCopy());
        return saved;
    }

    static StoredDefaultMenu load(JsonNode saved) {
        return new StoredDefaultMenu(
                saved.path("open").asBoolean(),
                saved.path("byConsole").asBoolean(),
                saved.path("menuid").asLong(),
                StoredSelfMenu.usual(saved.path("button")));
    }
}
