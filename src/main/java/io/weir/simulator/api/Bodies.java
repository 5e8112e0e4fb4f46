package io.weir.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bodies of calls as the platform does, refusals included (token-and-server-api.md §0 and §4). */
public final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Bodies() {}

    /**
     * The JSON object that a body is: 44002 when there is none, 47001 when it is something else or not UTF-8, 47002 when it
     * escapes what is not ASCII. Not for menus, which say 40033 to the latter.
     */
    public static ObjectNode json(ApiRequest request) {
        return json(request.body());
    }

    /** The text of a body: 44002 when there is none, 47001 when it is not UTF-8. */
    public static String text(ApiRequest request) {
        return text(request.body());
    }

    /** The JSON object that a text is, else 47001; escapes are taken as JSON has them. */
    public static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw notJson();
        }
        throw notJson();
    }

    /** Whether a JSON text has a {@code \}{@code uXXXX} for a character that is not ASCII. */
    public static boolean escapesBeyondAscii(String json) {
        for (int at = json.indexOf('\\'); at >= 0 && at + 1 < json.length(); at = json.indexOf('\\', at + 2)) {
            if (json.charAt(at + 1) == 'u' && !json.startsWith("00", at + 2)) {
                return true;
            }
            if (json.charAt(at + 1) == 'u' && at + 4 < json.length() && json.charAt(at + 4) > '7') {
                return true;
            }
        }
        return false;
    }

    static ObjectNode json(Buffer body) {
        String text = text(body);
        ObjectNode object = object(text);
        if (escapesBeyondAscii(text)) {
            throw new Refused(47002, "data format error: escaped characters, need raw UTF-8");
        }
        return object;
    }

    private static String text(Buffer body) {
        if (body.length() == 0) {
            throw new Refused(44002, "empty post data");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notJson();
        }
    }

    private static Refused notJson() {
        return new Refused(47001, "data format error");
    }
}
