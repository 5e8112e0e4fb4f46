package io.weir.config;

import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the nodes of one map, and remembers which keys were asked for and which of them are secret. */
final class Lookup {
    private final Source source;
    private final Place place;
    private final Mapping mapping;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> secretKeys = new HashSet<>();
    private final List<Secret> revealed = new ArrayList<>();

    Lookup(Source source, Place place, Mapping mapping) {
        this.source = source;
        this.place = place;
        this.mapping = mapping;
    }

    Mapping mapping() {
        return mapping;
    }

    List<String> differences(Lookup other) {
        return Differences.between(place, mapping, other.mapping);
    }

    List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    Set<String> asked() {
        return asked;
    }

    int line(String key) {
        return entry(key).map(Entry::line).orElse(place.line());
    }

    Place at(String key) {
        return place.key(key, line(key));
    }

    Optional<Node> node(String key) {
        asked.add(key);
        return entry(key).map(Entry::value).filter(node -> !node.isAbsent());
    }

    /** The items of a list; none if it is absent or, which is reported, something else. */
    List<Node> items(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof Sequence)) {
            source.problems().add(Problem.error(at(key), node.get().kind(), "expected a list"));
        }
        return node.map(each -> each instanceof Sequence list ? list.items() : List.<Node>of())
                .orElse(List.of());
    }

    Optional<Value> value(String key) {
        return node(key).flatMap(node -> source.value(at(key), node, secretKeys.contains(key)));
    }

    /** A single value or the items of a list. */
    List<Value> values(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty() || !(node.get() instanceof Sequence list)) {
            return value(key).stream().toList();
        }
        List<Value> values = new ArrayList<>();
        for (int index = 0; index < list.items().size(); index++) {
            Node item = list.items().get(index);
            Place itemPlace = at(key).item(index, item.line());
            if (item.isAbsent()) {
                source.problems().add(Problem.error(itemPlace, item.kind(), "expected a value"));
            }
            source.value(itemPlace, item, secretKeys.contains(key)).ifPresent(values::add);
        }
        return values;
    }

    <T> Optional<T> typed(String key, Format<T> format) {
        return value(key).flatMap(value -> source.read(at(key), value, format));
    }

    Optional<Secret> secret(String key) {
        secretKeys.add(key);
        return value(key).flatMap(this::secret);
    }

    List<Secret> secrets(String key) {
        secretKeys.add(key);
        return values(key).stream().flatMap(each -> secret(each).stream()).toList();
    }

    String withoutSecrets(String message) {
        String safe = message;
        for (Secret secret : revealed) {
            safe = safe.replace(secret.reveal(), secret.toString());
        }
        return safe;
    }

    /** One problem for each key that is neither in the list nor was asked for. */
    List<Problem> unknownKeys(String... alsoKnown) {
        Set<String> known = new LinkedHashSet<>(asked);
        known.addAll(List.of(alsoKnown));
        String rule = known.isEmpty() ? "expected no keys here" : "expected " + Wording.either(known);
        return keys().stream()
                .filter(key -> !known.contains(key))
                .map(key -> Problem.error(at(key), "an unknown key", rule).hint(Nearest.question(key, known)))
                .toList();
    }

    /** In the words of a message: the whole map. */
    String found() {
        return keys().isEmpty() ? "no keys" : "the keys " + String.join(", ", keys());
    }

    Problem problem(String key, String rule) {
        String found = node(key)
                .map(node -> source.found(node, secretKeys.contains(key)))
                .orElse("nothing");
        return Problem.error(at(key), found, rule);
    }

    private Optional<Entry> entry(String key) {
        return Optional.ofNullable(mapping.entries().get(key));
    }

    private Optional<Secret> secret(Value value) {
        Optional<Secret> secret =
                Optional.of(value.text()).filter(text -> !text.isBlank()).map(Secret::of);
        secret.ifPresent(revealed::add);
        return secret;
    }
}
