package io.weir.config;

import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what two texts of one file say differently, whatever their order of keys, comments and quotes. */
final class Differences {
    private static final Node NOTHING = Node.absent(0);

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
        } else if (!same(one, other)) {
            paths.add(place.path());
        }
    }

    private static boolean same(Node one, Node other) {
        if (one.isAbsent() || other.isAbsent()) {
            return one.isAbsent() && other.isAbsent();
        }
        if (one instanceof Scalar text && other instanceof Scalar another) {
            return text.text().equals(another.text());
        }
        if (one instanceof Sequence list && other instanceof Sequence another) {
            return same(list.items(), another.items());
        }
        return one instanceof Mapping mapping
                && other instanceof Mapping another
                && keys(mapping, another).stream().allMatch(key -> same(value(mapping, key), value(another, key)));
    }

    private static boolean same(List<Node> some, List<Node> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = same(some.get(i), others.get(i));
        }
        return same;
    }

    private static Set<String> keys(Mapping one, Mapping other) {
        Set<String> keys = new LinkedHashSet<>(one.entries().keySet());
        keys.addAll(other.entries().keySet());
        return keys;
    }

    private static Node value(Mapping mapping, String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null ? NOTHING : entry.value();
    }
}
