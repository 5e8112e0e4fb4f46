package io.weir.config;

import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what two texts of one file say differently, whatever their order of keys, comments and quotes. */
final class Differences {
    private static final Object NOTHING = Optional.empty();

    private final List<String> paths = new ArrayList<>();

    private Differences() {}

    /** The paths of what differs; of what only one text has, the path of its topmost key below the top level. */
    static List<String> between(Place root, Mapping one, Mapping other) {
        Differences found = new Differences();
        for (String key : keys(one, other)) {
            found.compare(root.key(key, 0), section(value(one, key)), section(value(other, key)));
        }
        return List.copyOf(found.paths);
    }

    /** A section of the top level that is not there is one without keys. */
    private static Node section(Node value) {
        return value.isAbsent() ? new Mapping(0, 0, Map.of()) : value;
    }

    private void compare(Place place, Node one, Node other) {
        if (one instanceof Mapping mapping && other instanceof Mapping another) {
            for (String key : keys(mapping, another)) {
                compare(place.key(key, 0), value(mapping, key), value(another, key));
            }
        } else if (!content(one).equals(content(other))) {
            paths.add(place.path());
        }
    }

    /** What is said, wherever and however it is written; a key without a value says nothing. */
    private static Object content(Node node) {
        if (node instanceof Sequence list) {
            return list.items().stream().map(Differences::content).toList();
        }
        if (node instanceof Mapping mapping) {
            Map<String, Object> content = new HashMap<>();
            mapping.entries().forEach((key, entry) -> content.put(key, content(entry.value())));
            content.values().removeIf(NOTHING::equals);
            return content;
        }
        return node instanceof Scalar scalar && !scalar.isAbsent() ? Optional.of(scalar.text()) : NOTHING;
    }

    private static Set<String> keys(Mapping one, Mapping other) {
        Set<String> keys = new LinkedHashSet<>(one.entries().keySet());
        keys.addAll(other.entries().keySet());
        return keys;
    }

    private static Node value(Mapping mapping, String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null ? Node.absent(0) : entry.value();
    }
}
