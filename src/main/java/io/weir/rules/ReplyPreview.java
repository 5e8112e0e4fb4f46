package io.weir.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reply in the words of replies.yaml with values in place of its placeholders, to be looked at before it is sent. */
public final class ReplyPreview {
    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([^}]*)}");

    private ReplyPreview() {}

    /**
     * The same reply.
     *
     * @param values by the names of the placeholders; one without a value stays as it is written
     */
    public static JsonNode of(JsonNode reply, Map<String, String> values) {
        if (reply.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            reply.properties().forEach(each -> object.set(each.getKey(), of(each.getValue(), values)));
            return object;
        }
        if (reply.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            reply.forEach(each -> array.add(of(each, values)));
            return array;
        }
        return reply.isTextual() ? TextNode.valueOf(filled(reply.textValue(), values)) : reply;
    }

    private static String filled(String text, Map<String, String> values) {
        return BRACES.matcher(text).replaceAll(found -> {
            String name = found.group(1);
            String filled = name == null ? found.group().substring(1) : values.getOrDefault(name, found.group());
            return Matcher.quoteReplacement(filled);
        });
    }
}
