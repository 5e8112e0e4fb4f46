package io.weir.simulator.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.Phone.NoSuchButtonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds a button in a menu by what a person or a test calls it. */
final class Buttons {
    private static final List<String> CALLED_BY = List.of("key", "name", "url", "pagepath", "media_id", "article_id");

    private Buttons() {}

    /**
     * The first button whose key, name, url, page path, media_id or article_id is {@code wanted}, keys first.
     *
     * @param menu as the client has it; empty when the account has none
     * @throws NoSuchButtonException when there is none, naming those that are there
     */
    static ObjectNode find(Optional<ObjectNode> menu, String wanted, String person) {
        List<ObjectNode> all = menu.map(Buttons::all).orElse(List.of());
        for (String field : CALLED_BY) {
            for (ObjectNode button : all) {
                if (button.path(field).asText("").equals(wanted)) {
                    return button;
                }
            }
        }
        throw new NoSuchButtonException(person + " sees no button '" + wanted + "'; "
                + (all.isEmpty() ? "the account has no menu" : "the menu has " + listed(all)));
    }

    /**
     * The button at a place in the menu.
     *
     * @param position on the first level, from 0 on, and for a second-level button its place in the sub-menu
     * @throws NoSuchButtonException when there is none
     */
    static ObjectNode at(Optional<ObjectNode> menu, List<Integer> position, String person) {
        JsonNode level = menu.<JsonNode>map(shown -> shown.path("button")).orElseGet(MissingNode::getInstance);
        JsonNode found = MissingNode.getInstance();
        for (int index : position) {
            found = level.path(index);
            level = found.path("sub_button");
        }
        if (found instanceof ObjectNode button) {
            return button;
        }
        throw new NoSuchButtonException(person + " sees no button at " + position + " of the menu");
    }

    /** First-level and second-level buttons, in the order of the menu. */
    static List<ObjectNode> all(ObjectNode menu) {
        List<ObjectNode> buttons = new ArrayList<>();
        for (JsonNode first : menu.path("button")) {
            add(buttons, first);
            first.path("sub_button").forEach(second -> add(buttons, second));
        }
        return buttons;
    }

    /** Whether a tap only opens a sub-menu. */
    static boolean opensSubMenu(ObjectNode button) {
        return !button.path("sub_button").isEmpty();
    }

    private static void add(List<ObjectNode> buttons, JsonNode button) {
        if (button instanceof ObjectNode object) {
            buttons.add(object);
        }
    }

    private static String listed(List<ObjectNode> buttons) {
        return buttons.stream()
                .filter(button -> !opensSubMenu(button))
                .map(button -> button.path("name").asText()
                        + CALLED_BY.stream()
                                .filter(field -> !field.equals("name") && button.hasNonNull(field))
                                .findFirst()
                                .map(field -> " (" + button.path(field).asText() + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }
}
