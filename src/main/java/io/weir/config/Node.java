package io.weir.config;

import java.util.List;
import java.util.Map;

/** What stands in a file: text, lists and maps, without YAML's types. Lines count from 1. */
sealed interface Node {
    int line();

    /** In the words of a message. */
    String kind();

    /** Whether the key is there but nothing is said: an empty value, {@code ~} or {@code null} without quotes. */
    default boolean isAbsent() {
        return false;
    }

    /** A text exactly as written, without its quotes; {@code plain} if it had none. */
    record Scalar(int line, String text, boolean plain, boolean severalLines) implements Node {
        @Override
        public String kind() {
            return isAbsent() ? "nothing" : "a single value";
        }

        @Override
        public boolean isAbsent() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    record Sequence(int line, List<Node> items) implements Node {
        @Override
        public String kind() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** Keys with their values, in file order. */
    record Mapping(int line, Map<String, Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A value and the line of its key, which may differ from its own. */
    record Entry(int line, Node value) {}
}
