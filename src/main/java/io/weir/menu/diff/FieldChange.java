package io.weir.menu.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A field of a button or rule that will have another value.
 *
 * @param name on the wire
 * @param from empty where it was not there
 * @param to empty where it will not be there
 */
public record FieldChange(String name, String from, String to) {
    /** All fields that differ, but for {@code sub_button}. */
    static List<FieldChange> between(ObjectNode before, ObjectNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.remove("sub_button");
        return names.stream()
                .filter(name -> !before.path(name).equals(after.path(name)))
                .map(name -> new FieldChange(name, text(before.path(name)), text(after.path(name))))
                .toList();
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
    }
}
