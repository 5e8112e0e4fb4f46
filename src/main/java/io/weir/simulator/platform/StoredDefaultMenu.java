package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The shape of get_current_selfmenu_info, where {@code sub_button} is an object with a list (menu-api.md §7). */
    static final class StoredSelfMenu {
        /** Types of the console whose value is a temporary material's id. */
        private static final Set<String> TEMPORARY_MATERIAL = Set.of("img", "photo", "voice");

        private static final Pattern SHOWN_ID = Pattern.compile("(.+)_[0-9]+");

        private StoredSelfMenu() {}

        /** The id that a menu was made with, of one that {@link #shown} has told. */
        static Optional<String> mediaId(String shownId) {
            return Optional.of(SHOWN_ID.matcher(shownId))
                    .filter(Matcher::matches)
                    .map(shown -> shown.group(1));
        }

        /** From the usual shape; a {@code call}'s temporary values are its own. */
        static ArrayNode shown(JsonNode button, long call) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            button.forEach(each -> shown.add(shown((ObjectNode) each, call)));
            return shown;
        }

        private static ObjectNode shown(ObjectNode given, long call) {
            ObjectNode one = given.deepCopy();
            JsonNode children = given.path("sub_button");
            one.remove("sub_button");
            if (!children.isEmpty()) {
                one.putObject("sub_button").set("list", shown(children, call));
                return one;
            }
            String type = given.path("type").asText();
            String value = given.path("value").asText();
            if (TEMPORARY_MATERIAL.contains(type)) {
                one.put("value", value + "_" + call);
            } else if (type.equals("video")) {
                one.put("value", value + (value.contains("?") ? "&" : "?") + "vkey=" + call);
            }
            return one;
        }

        /** To the usual shape, where {@code sub_button} is an array, empty on leaves; takes either. */
        static ArrayNode usual(JsonNode button) {
            ArrayNode usual = JsonNodeFactory.instance.arrayNode();
            for (JsonNode each : button) {
                if (!(each instanceof ObjectNode given)) {
                    throw MenuError.PARAMETER.refused();
                }
                ObjectNode one = given.deepCopy();
                JsonNode children = given.path("sub_button");
                one.set("sub_button", usual(children.isObject() ? children.path("list") : children));
                usual.add(one);
            }
            return usual;
        }
    }
}
