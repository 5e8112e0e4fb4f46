package io.weir.config;

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
import java.util.List;
import java.util.Map;

/**
 * What stands in a YAML or JSON file, and where: texts, lists and maps, without YAML's types. Immutable by agreement; lines and
 * columns count from 1, a column counts characters (an emoji is one).
 */
public sealed interface Node {
    int line();

    int column();

    /** In the words of a message. */
    String kind();

    /** Whether the key is there but nothing is said: an empty value, {@code ~} or {@code null} without quotes. */
    default boolean isAbsent() {
        return false;
    }

    /** What stands where a key has no value. */
    static Node absent(int line) {
        return new Scalar(line, 1, "", true, false);
    }

    /** The same in Jackson's types, without places; for a node that was read from JSON. */
    JsonNode toJson();

    /** A text exactly as written, without its quotes; {@code plain} if it had none, as JSON's numbers have. */
    record Scalar(int line, int column, String text, boolean plain, boolean severalLines) implements Node {
        private static final int LONG_DIGITS = 18;

        @Override
        public String kind() {
            return isAbsent() ? "nothing" : "a single value";
        }

        @Override
        public boolean isAbsent() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public JsonNode toJson() {
            return plain ? word() : TextNode.valueOf(text);
        }

        private JsonNode word() {
            return switch (text) {
                case "null" -> NullNode.instance;
                case "true", "false" -> BooleanNode.valueOf(text.equals("true"));
                default ->
                    text.matches("-?[0-9]{1," + LONG_DIGITS + "}")
                            ? LongNode.valueOf(Long.parseLong(text))
                            : DecimalNode.valueOf(new BigDecimal(text));
            };
        }
    }

    /** A list. */
    record Sequence(int line, int column, List<Node> items) implements Node {
        @Override
        public String kind() {
            return items.isEmpty() ? "an empty list" : "a list";
        }

        @Override
        public JsonNode toJson() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            items.forEach(item -> array.add(item.toJson()));
            return array;
        }
    }

    /** Keys with their values, in file order. */
    record Mapping(int line, int column, Map<String, Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a map";
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, entry) -> object.set(key, entry.value().toJson()));
            return object;
        }
    }

    /** A value and the line of its key, which may differ from its own. */
    record Entry(int line, Node value) {}
}
