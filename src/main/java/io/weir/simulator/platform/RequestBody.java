package io.weir.simulator.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How a kind of call reads its JSON body. Judged from the bytes, in this order: empty (44002), not UTF-8, characters beyond
 * ASCII written as {@code \}{@code uXXXX}, not JSON (47001), not an object (menu-api.md §1).
 */
public enum RequestBody {
    /** menu/create: an array, a quoted object or a form is answered misleadingly with 40016. */
    MENU(47001, 40033, 40016),
    /** menu/addconditional. */
    PERSONALISED_MENU(65318, 40033, 40016),
    /** All other calls. */
    ARGUMENTS(47001, 47002, 47001);

    private static final int NOT_JSON = 47001;
    private static final ObjectReader JSON =
            JsonMapper.builder().build().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** {@code name=…}, or an object that was sent as one. */
    private static final Pattern FORM = Pattern.compile("\\s*(?:%7B|[\\w.%+-]+=).*", Pattern.DOTALL);

    private final int notUtf8;
    private final int escaped;
    private final int notAnObject;

    RequestBody(int notUtf8, int escaped, int notAnObject) {
        this.notUtf8 = notUtf8;
        this.escaped = escaped;
        this.notAnObject = notAnObject;
    }

    /** The object of a body as it came. */
    public ObjectNode read(Buffer raw) {
        if (raw.length() == 0) {
            throw new Refused(44002, "empty post data");
        }
        String text = decoded(raw);
        if (hasEscapes(text)) {
            throw new Refused(
                    escaped, "invalid charset. please check your request, if include \\uxxxx will create fail!");
        }
        if (parsed(text) instanceof ObjectNode object) {
            return object;
        }
        throw misshapen();
    }

    private String decoded(Buffer raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw.getBytes()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Refused(notUtf8, "must use utf-8 charset");
        }
    }

    private JsonNode parsed(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (JsonProcessingException notJson) {
            if (FORM.matcher(text).matches()) {
                throw misshapen();
            }
        }
        throw new Refused(NOT_JSON, "data format error");
    }

    private Refused misshapen() {
        return new Refused(notAnObject, notAnObject == NOT_JSON ? "data format error" : "invalid button size");
    }

    private static boolean hasEscapes(String json) {
        for (int at = json.indexOf('\\'); at >= 0; at = json.indexOf('\\', at + 2)) {
            if (json.startsWith("u", at + 1) && !json.startsWith("00", at + 2)) {
                return true;
            }
            if (json.startsWith("u00", at + 1) && at + 4 < json.length() && json.charAt(at + 4) > '7') {
                return true;
            }
        }
        return false;
    }
}
