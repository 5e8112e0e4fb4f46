package io.weir.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The parameters of a request as they came, whether the door could read them or not.
 *
 * @param revealed whether openids are shown
 */
record QueryView(boolean revealed) {
    ArrayNode json(String query) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (query.isEmpty()) {
            return list;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            list.addArray().add(shown(name)).add(name.equalsIgnoreCase("openid") ? openId(value) : shown(value));
        }
        return list;
    }

    private String openId(String value) {
        return revealed ? value : Masks.openId(value);
    }

    private String shown(String text) {
        return revealed ? text : Masks.openIds(text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
