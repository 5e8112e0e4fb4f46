package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The parameters of a request as they came, whether the codec could read them or not.
 *
 * @param revealed whether openids and whole signatures are shown
 */
record QueryView(boolean revealed) {
    private static final int SIGNATURE_SHOWN = 6;

    ArrayNode json(String query) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (query.isEmpty()) {
            return list;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            list.addArray().add(shown(name)).add(value(name, value));
        }
        return list;
    }

    /** A signature is as good as a password for as long as its timestamp is: its beginning is enough to compare it. */
    private String value(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "openid" -> openId(value);
            case "signature", "msg_signature" ->
                revealed || value.length() <= SIGNATURE_SHOWN ? value : value.substring(0, SIGNATURE_SHOWN) + "…";
            default -> shown(value);
        };
    }

    private String openId(String value) {
        return revealed ? value : PersonalDataMasks.openId(value);
    }

    private String shown(String text) {
        return revealed ? text : PersonalDataMasks.openIds(text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
