package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parses the JSON that people write. Not by Jackson's parser: its messages do not say what was expected in words for people,
 * and their wording is no part of its API.
 */
final class StrictJson {
    static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 32;
    private static final int EMPTY_BODY = 44002;
    private static final int NOT_UTF_8 = 65318;
    private static final int NOT_A_MENU = 40016;
    private static final int NOT_JSON = 47001;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?(?![0-9A-Za-z.])");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern WORD = Pattern.compile("(?:true|false|null)(?![0-9A-Za-z])");

    private final JsonCursor cursor;
    private int depth;

    private StrictJson(JsonCursor cursor) {
        this.cursor = cursor;
    }

    static ObjectNode parse(byte[] utf8) {
        checkSize(utf8.length);
        return document(decoded(utf8));
    }

    static ObjectNode parse(String text) {
        checkSize(text.getBytes(StandardCharsets.UTF_8).length);
        return document(text);
    }

    private static void checkSize(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new JsonCursor("")
                    .fault(0, bytes + " bytes", "at most " + MAX_BYTES + " bytes", "is this the right file?");
        }
    }

    private static String decoded(byte[] utf8) {
        CharBuffer text = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            String hint = "save it as UTF-8; is it GBK?";
            throw new JsonCursor(decoded).fault(decoded.length(), "bytes that are no UTF-8", "UTF-8", hint, NOT_UTF_8);
        }
        return decoded;
    }

    private static ObjectNode document(String text) {
        JsonCursor cursor = new JsonCursor(text.startsWith("\ufeff") ? text.substring(1) : text);
        if (!cursor.skip('{')) {
            throw cursor.expected("'{'", errcodeOf(cursor));
        }
        ObjectNode root = new StrictJson(cursor).object();
        cursor.skipBlanks();
        if (!cursor.isAtEnd()) {
            throw cursor.expected("the end of the text");
        }
        return root;
    }

    private static int errcodeOf(JsonCursor cursor) {
        if (cursor.isAtEnd()) {
            return EMPTY_BODY;
        }
        return cursor.peek() == '[' || cursor.peek() == '"' ? NOT_A_MENU : NOT_JSON;
    }

    private ObjectNode object() {
        enter();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (!cursor.skip('}')) {
            do {
                member(object);
            } while (cursor.skip(','));
            if (!cursor.skip('}')) {
                throw cursor.expected("a comma or '}'");
            }
        }
        depth--;
        return object;
    }

    private void member(ObjectNode object) {
        cursor.skipBlanks();
        int start = cursor.at();
        if (!cursor.skip('"')) {
            throw object.isEmpty()
                    ? cursor.expected("a key in double quotes or '}'")
                    : cursor.expected("a key in double quotes");
        }
        String key = new JsonString(cursor).read();
        if (object.has(key)) {
            throw cursor.fault(start, "the key \"" + key + "\" a second time", "every key once", "remove one of them");
        }
        if (!cursor.skip(':')) {
            throw cursor.expected("a colon");
        }
        object.set(key, value("a value"));
    }

    private ArrayNode array() {
        enter();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (!cursor.skip(']')) {
            do {
                array.add(value(array.isEmpty() ? "a value or ']'" : "a value"));
            } while (cursor.skip(','));
            if (!cursor.skip(']')) {
                throw cursor.expected("a comma or ']'");
            }
        }
        depth--;
        return array;
    }

    private JsonNode value(String expected) {
        if (cursor.skip('{')) {
            return object();
        }
        if (cursor.skip('[')) {
            return array();
        }
        if (cursor.skip('"')) {
            return TextNode.valueOf(new JsonString(cursor).read());
        }
        return cursor.take(WORD)
                .map(StrictJson::word)
                .or(() -> cursor.take(NUMBER).map(StrictJson::number))
                .orElseThrow(() -> cursor.expected(expected));
    }

    private static JsonNode word(String word) {
        return word.equals("null") ? NullNode.instance : BooleanNode.valueOf(word.equals("true"));
    }

    private static JsonNode number(String digits) {
        return WHOLE.matcher(digits).matches()
                ? LongNode.valueOf(Long.parseLong(digits))
                : DecimalNode.valueOf(new BigDecimal(digits));
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw cursor.fault(
                    cursor.at() - 1,
                    "more than " + MAX_DEPTH + " levels",
                    "a menu, which has two",
                    "is a bracket missing?");
        }
    }
}
