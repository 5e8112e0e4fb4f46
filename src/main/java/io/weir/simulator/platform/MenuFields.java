package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a menu's JSON. */
final class MenuFields {
    private MenuFields() {}

    /** The text of a field; empty when it is absent or null. */
    static String text(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        if (isAbsent(value)) {
            return "";
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw MenuError.PARAMETER.refused();
    }

    /** As {@link #text}, for fields that may come as a number as well. */
    static String textOrNumber(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && value.isIntegralNumber() ? value.asText() : text(object, field);
    }

    static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    /** Whether a text is there and has at most so many bytes of UTF-8. */
    static boolean fits(String text, int maxBytes) {
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    }
}
