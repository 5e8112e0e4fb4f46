package io.weir.config;

import io.weir.config.Node.Mapping;
import io.weir.config.Node.Scalar;
import io.weir.config.Node.Sequence;
import io.weir.config.YamlReader.LookAlike;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What all sections of one file share.
 *
 * @param environment absent where <code>${</code> is ordinary text
 * @param writtenOut where secrets stand in the file itself, as far as it has been read
 * @param listener is told what getters are asked for
 */
record Source(
        Optional<Environment> environment,
        Problems problems,
        Set<Place> writtenOut,
        Optional<Consumer<Question>> listener) {
    private static final int MOST_ITEMS_SHOWN = 5;

    Source(Optional<Environment> environment, Problems problems) {
        this(environment, problems, new HashSet<>(), Optional.empty());
    }

    /** What a getter was asked for; one key may be asked for several times, in several ways. */
    record Question(String path, Kind kind, Optional<Format<?>> format, Optional<Object> fallback) {
        enum Kind {
            TEXT,
            TYPED,
            REQUIRED,
            SECRET,
            LIST,
            MAP
        }
    }

    Source telling(Consumer<Question> other) {
        return new Source(environment, problems, writtenOut, Optional.of(other));
    }

    void tell(Supplier<Question> question) {
        listener.ifPresent(each -> each.accept(question.get()));
    }

    /** The node as single value; a wrong kind or a failed replacement is reported. Absent if there is nothing. */
    Optional<Value> value(Place place, Node node, boolean secret) {
        if (node.isAbsent()) {
            return Optional.empty();
        }
        if (!(node instanceof Scalar scalar)) {
            problems.add(Problem.error(place, node.kind(), "expected a single value"));
            return Optional.empty();
        }
        Value value = expand(scalar, secret);
        value.expansion()
                .faults()
                .forEach(each -> problems.add(
                        Problem.error(place, each.found(), each.rule()).hint(each.hint())));
        return value.expansion().faults().isEmpty() ? Optional.of(value) : Optional.empty();
    }

    <T> Optional<T> read(Place place, Value value, Format<T> format) {
        Optional<T> result = format.read(value.text());
        if (result.isEmpty()) {
            problems.add(Problem.error(place, value.found(), format.expected()).hint(format.hint(value.text())));
        }
        return result;
    }

    /** A section even for what is none; that one is empty and keeps its follow-up problems to itself. */
    Section section(Place place, Node node) {
        if (node instanceof Mapping mapping) {
            return new Section(this, place, mapping);
        }
        if (node.isAbsent()) {
            return new Section(this, place, new Mapping(place.line(), 1, Map.of()));
        }
        Optional<String> hint =
                node instanceof Scalar scalar ? LookAlike.missingColon(scalar.text()) : Optional.empty();
        return broken(
                place,
                Problem.error(place, node.kind(), "expected a map: keys with their values")
                        .hint(hint));
    }

    Section broken(Place place, Problem problem) {
        problems.add(problem);
        Problems followUps = new Problems();
        followUps.add(Problem.error(place, problem.found(), problem.rule()));
        return new Section(new Source(environment, followUps), place, new Mapping(place.line(), 1, Map.of()));
    }

    /** In the words of a message. */
    String found(Node node, boolean secret) {
        if (node instanceof Sequence list && !list.items().isEmpty()) {
            return list.items().stream()
                    .limit(MOST_ITEMS_SHOWN)
                    .map(item -> found(item, secret))
                    .collect(Collectors.joining(", ", "a list: ", list.items().size() > MOST_ITEMS_SHOWN ? ", …" : ""));
        }
        return node instanceof Scalar scalar && !scalar.isAbsent()
                ? expand(scalar, secret).found()
                : node.kind();
    }

    private Value expand(Scalar scalar, boolean secret) {
        Expansion expansion = environment
                .map(each -> Expansion.of(scalar.text(), each))
                .orElseGet(() -> Expansion.none(scalar.text()));
        return new Value(scalar, expansion, secret);
    }

    /** A single value after replacement, which knows how it may be shown. */
    record Value(Scalar scalar, Expansion expansion, boolean secret) {
        String text() {
            return expansion.text();
        }

        /** Whether the file itself has it, not the environment. */
        boolean isWrittenOut() {
            return expansion.variables().isEmpty();
        }

        /** In the words of a message: a secret never, nor a file, what a variable contributed only if its name sounds harmless. */
        String found() {
            if (!expansion.faults().isEmpty()) {
                return expansion.faults().get(0).found();
            }
            boolean fromEnvironment = !expansion.variables().isEmpty();
            String names = expansion.variables().stream().distinct().collect(Collectors.joining(", "));
            if (text().isBlank()) {
                return fromEnvironment ? names + ", which is blank" : "an empty text";
            }
            if (secret) {
                return fromEnvironment ? names : "a secret value";
            }
            if (expansion.mayHoldSecret()) {
                return names;
            }
            // Several lines: a forgotten colon or quote may have swallowed the secret on the next line.
            String shown = scalar.severalLines() ? "a text of several lines" : Wording.quoted(text());
            return fromEnvironment ? shown + " (from " + names + ")" : shown;
        }
    }
}
