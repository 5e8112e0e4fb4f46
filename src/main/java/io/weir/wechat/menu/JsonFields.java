package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads the fields of an object leniently. */
record JsonFields(JsonNode json) {
    static JsonFields of(JsonNode json) {
        return new JsonFields(json);
    }

    /** A text, or a number as one; empty for anything else. */
    String text(String name) {
        JsonNode value = json.path(name);
        return value.isTextual() || value.isNumber() ? value.asText() : "";
    }

    /** Empty also for an empty text. */
    Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(value -> !value.isEmpty());
    }
}
