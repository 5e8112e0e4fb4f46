package io.weir.config;

import io.weir.config.Node.Entry;
import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import io.weir.config.Source.Question;
import io.weir.config.Source.Question.Kind;
import io.weir.config.Source.Value;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One map of a configuration file: typed getters for its keys.
 *
 * <p>A getter never throws for what the file says: it reports a {@link Problem} and goes on with the default. A section
 * remembers what it was asked for, so that {@link #refuseUnknownKeys} can name the rest; a nested section is the same
 * object however often it is asked for. Values are the text as written ({@code 0123}, {@code 1e3}, {@code yes}); an empty
 * value, {@code ~} and {@code null} without quotes count as absent. Not for use by several threads.
 */
public final class Section {
    private final Source source;
    private final Place place;
    private final Mapping mapping;
    private final Map<Place, Section> nested = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> secretKeys = new HashSet<>();
    private final List<Secret> revealed = new ArrayList<>();

    Section(Source source, Place place, Mapping mapping) {
        this.source = source;
        this.place = place;
        this.mapping = mapping;
    }

    /**
     * The root of a file in whose values <code>${NAME}</code>, <code>${NAME:default}</code> and <code>${file:/path}</code> are
     * replaced, and <code>$${</code> stands for <code>${</code>. If the text cannot be read, that is the one problem reported: the root is
     * empty then and what its getters miss is not.
     */
    public static Section parse(String file, String text, Environment environment, Problems problems) {
        return parse(file, text, new Source(Optional.of(environment), problems));
    }

    /** The root of a file in which <code>${</code> is ordinary text. */
    public static Section parse(String file, String text, Problems problems) {
        return parse(file, text, new Source(Optional.empty(), problems));
    }

    /**
     * The object that a JSON text is, each key once.
     *
     * @throws ConfigException with the one problem that makes the text unreadable
     */
    public static Section json(String file, String text, Problems problems) {
        return new Source(Optional.empty(), problems).section(Place.root(file), JsonReader.read(file, text));
    }

    /** As the first, for who wants to know which keys there are. */
    static Section parse(
            String file, String text, Environment environment, Problems problems, Consumer<Question> asked) {
        return parse(file, text, new Source(Optional.of(environment), problems).telling(asked));
    }

    private static Section parse(String file, String text, Source source) {
        Place root = Place.root(file);
        try {
            return source.section(root, YamlReader.read(root, text, source.problems()));
        } catch (ConfigException unreadable) {
            return source.broken(root, unreadable.problems().get(0));
        }
    }

    /** Empty for the root. */
    public String path() {
        return place.path();
    }

    /** The file, as the user named it. */
    public String file() {
        return place.file();
    }

    /** What this section reads. */
    public Node node() {
        return mapping;
    }

    /** Of the key, from 1; of this section if the key is not there. */
    public int line(String key) {
        return entry(key).map(Entry::line).orElse(place.line());
    }

    /** All keys in file order, those without a value included; this does not count as asking for them. */
    public List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    /**
     * What another text of the same file says otherwise, by path: {@code push.port}; a map that only one has as a whole, such as
     * {@code accounts.shop}. Values are compared as written. This does not count as asking for any; both are roots.
     */
    public List<String> differences(Section other) {
        return Differences.between(place, mapping, other.mapping);
    }

    /** Whether the key has a value, of whatever kind. */
    public boolean has(String key) {
        return node(key).isPresent();
    }

    /** Path of a key, whether it is there or not. */
    public String path(String key) {
        return at(key).path();
    }

    /** Whether a secret that was asked for, in this section or another of the file, stands in the file itself. */
    public boolean hasSecretsWrittenOut() {
        return !source.writtenOut().isEmpty();
    }

    /** Whether a single value stands there, for a key whose value may be of several kinds; reports nothing. */
    public boolean isSingleValue(String key) {
        return node(key).filter(Scalar.class::isInstance).isPresent();
    }

    /** Whether a list with something in it stands there, likewise. */
    public boolean isList(String key) {
        return node(key)
                .filter(node -> node instanceof Sequence list && !list.items().isEmpty())
                .isPresent();
    }

    public Optional<String> text(String key) {
        tell(key, Kind.TEXT);
        return value(key).map(Value::text);
    }

    public String text(String key, String fallback) {
        source.tell(() -> new Question(path(key), Kind.TEXT, Optional.empty(), Optional.of(fallback)));
        return value(key).map(Value::text).orElse(fallback);
    }

    /** A missing or blank value is a problem, and then the empty text. */
    public String required(String key) {
        tell(key, Kind.REQUIRED);
        String text = text(key).orElse("");
        return text.isBlank() ? missing(key, "") : text;
    }

    /** Decimal digits without leading zeros, from {@code min} to {@code max}. */
    public int integer(String key, int fallback, int min, int max) {
        return typed(key, new Format.WholeNumber(min, max), fallback);
    }

    /** {@code true} or {@code false}, nothing else. */
    public boolean flag(String key, boolean fallback) {
        return typed(key, Format.OneOf.flag(), fallback);
    }

    /** A whole number with a unit, ms, s, m, h or d: {@code 4500ms}, {@code 10m}. */
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        return Duration.ofMillis(typed(key, Format.Amount.time(min, max), fallback.toMillis()));
    }

    /** A number of bytes, bare or with KiB, MiB or GiB: {@code 64KiB}. */
    public long bytes(String key, long fallback, long min, long max) {
        return typed(key, Format.Amount.bytes(min, max), fallback);
    }

    /** The constant's name in lower case; {@code -} and {@code _} are the same. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
        return typed(key, Format.OneOf.constants(type), fallback);
    }

    /**
     * An absolute URI with a host; what it carries as user, password and query is never shown.
     *
     * @param schemes those allowed, in lower case; none for any
     */
    public URI uri(String key, URI fallback, String... schemes) {
        return typed(key, new Format.Link(List.of(schemes)), fallback);
    }

    /** The same where a password may stand in it: nothing of the value is ever shown, however it is written. */
    public URI secretUri(String key, URI fallback, String... schemes) {
        markSecret(key);
        URI uri = uri(key, fallback, schemes);
        if (uri.getRawUserInfo() != null) {
            value(key).ifPresent(value -> noteSecret(key, value));
        }
        return uri;
    }

    /** From now on the key's value is never shown. A blank value, such as that of a variable set to nothing, is absent. */
    public Optional<Secret> secret(String key) {
        markSecret(key);
        return value(key).flatMap(value -> secret(key, value));
    }

    /** A missing or blank value is a problem, and then an empty secret. */
    public Secret requiredSecret(String key) {
        tell(key, Kind.REQUIRED);
        return secret(key).orElseGet(() -> Secret.of(missing(key, "")));
    }

    /** One value or a list of them; blank ones are left out. */
    public List<Secret> secrets(String key) {
        markSecret(key);
        tell(key, Kind.LIST);
        return values(key).stream().flatMap(each -> secret(key, each).stream()).toList();
    }

    /** As {@link #secrets}; that none is left is a problem. */
    public List<Secret> requiredSecrets(String key) {
        tell(key, Kind.REQUIRED);
        List<Secret> secrets = secrets(key);
        return secrets.isEmpty() ? missing(key, secrets) : secrets;
    }

    /** One value or a list of them. */
    public List<String> texts(String key) {
        tell(key, Kind.LIST);
        return values(key).stream().map(Value::text).toList();
    }

    /** Empty if absent. */
    public Section section(String key) {
        tell(key, Kind.MAP);
        Node node = node(key).orElseGet(() -> Node.absent(line(key)));
        return nested(at(key), node);
    }

    /** As {@link #section}, but another object each time: for the many maps of a large file, each of which is read once. */
    public Section sectionOnce(String key) {
        Node node = node(key).orElseGet(() -> Node.absent(line(key)));
        return source.section(at(key), node);
    }

    public Optional<Section> find(String key) {
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    /** A list of maps. */
    public List<Section> list(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key)) {
            sections.add(nested(at(key).item(sections.size(), item.line()), item));
        }
        return sections;
    }

    /** A map of maps, in file order. */
    public Map<String, Section> sections(String key) {
        return section(key).sections();
    }

    /** Every key with its map, in file order. */
    public Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        keys().forEach(key -> sections.put(key, section(key)));
        return sections;
    }

    /** Reports the caller's own rule about a key as an error; what was found is put in by the section. */
    public void problem(String key, String rule) {
        source.problems().add(asProblem(key, rule));
    }

    public void problem(String key, String rule, String hint) {
        source.problems().add(asProblem(key, rule).hint(hint));
    }

    public void warning(String key, String rule) {
        source.problems().add(asProblem(key, rule).warning());
    }

    public void warning(String key, String rule, String hint) {
        source.problems().add(asProblem(key, rule).hint(hint).warning());
    }

    /** Reports a rule about this section as a whole: it is shown by its keys. */
    public void problemHere(String rule) {
        String found = keys().isEmpty() ? "no keys" : "the keys " + String.join(", ", keys());
        source.problems().add(Problem.error(place, found, rule));
    }

    /** Reports every key that no getter has asked this section for; call it after the getters. */
    public void refuseUnknownKeys(String... alsoKnown) {
        Set<String> known = new LinkedHashSet<>(asked);
        known.addAll(List.of(alsoKnown));
        String rule = known.isEmpty() ? "expected no keys here" : "expected " + Wording.either(known);
        keys().stream()
                .filter(key -> !known.contains(key))
                .map(key -> Problem.error(at(key), "an unknown key", rule).hint(Nearest.question(key, known)))
                .forEach(source.problems()::add);
    }

    /**
     * The record, if there is no error in this section or below. An {@link IllegalArgumentException} becomes a problem
     * with its message as the rule, which must not quote a secret; values of this section's secrets are blotted out.
     */
    public <T> Optional<T> build(Supplier<T> constructor) {
        if (hasErrors(place)) {
            return Optional.empty();
        }
        try {
            T built = constructor.get();
            return hasErrors(place) ? Optional.empty() : Optional.of(built);
        } catch (IllegalArgumentException e) {
            if (!hasErrors(place)) {
                source.problems()
                        .add(Problem.error(
                                place, "values that do not fit", withoutSecrets(String.valueOf(e.getMessage()))));
            }
            return Optional.empty();
        }
    }

    private Section nested(Place nestedPlace, Node node) {
        return nested.computeIfAbsent(nestedPlace, each -> source.section(each, node));
    }

    private <T> T missing(String key, T instead) {
        if (!hasErrors(at(key))) {
            problem(key, "expected a value, which is required");
        }
        return instead;
    }

    private boolean hasErrors(Place where) {
        return source.problems().hasErrorsWithin(where);
    }

    private Place at(String key) {
        return place.key(key, line(key));
    }

    private Optional<Node> node(String key) {
        asked.add(key);
        return entry(key).map(Entry::value).filter(node -> !node.isAbsent());
    }

    /** The items of a list; none if it is absent or, which is reported, something else. */
    private List<Node> items(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof Sequence)) {
            source.problems().add(Problem.error(at(key), node.get().kind(), "expected a list"));
        }
        return node.map(each -> each instanceof Sequence list ? list.items() : List.<Node>of())
                .orElse(List.of());
    }

    private Optional<Value> value(String key) {
        return node(key).flatMap(node -> source.value(at(key), node, secretKeys.contains(key)));
    }

    /** A single value or the items of a list. */
    private List<Value> values(String key) {
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

    private <T> T typed(String key, Format<T> format, T fallback) {
        source.tell(() -> new Question(path(key), Kind.TYPED, Optional.of(format), Optional.of(fallback)));
        return value(key).flatMap(value -> source.read(at(key), value, format)).orElse(fallback);
    }

    private void markSecret(String key) {
        secretKeys.add(key);
        tell(key, Kind.SECRET);
    }

    private void tell(String key, Kind kind) {
        source.tell(() -> new Question(path(key), kind, Optional.empty(), Optional.empty()));
    }

    private Optional<Secret> secret(String key, Value value) {
        Optional<Secret> secret =
                Optional.of(value.text()).filter(text -> !text.isBlank()).map(Secret::of);
        secret.ifPresent(each -> {
            revealed.add(each);
            noteSecret(key, value);
        });
        return secret;
    }

    private void noteSecret(String key, Value value) {
        if (value.isWrittenOut()) {
            source.writtenOut().add(at(key));
        }
    }

    private String withoutSecrets(String message) {
        String safe = message;
        for (Secret secret : revealed) {
            safe = safe.replace(secret.reveal(), secret.toString());
        }
        return safe;
    }

    private Problem asProblem(String key, String rule) {
        String found = node(key)
                .map(node -> source.found(node, secretKeys.contains(key)))
                .orElse("nothing");
        return Problem.error(at(key), found, rule);
    }

    private Optional<Entry> entry(String key) {
        return Optional.ofNullable(mapping.entries().get(key));
    }
}
