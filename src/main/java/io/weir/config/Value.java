package io.weir.config;

import io.weir.config.Node.Scalar;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A single value after replacement, which knows how it may be shown. */
record Value(Scalar scalar, Expansion expansion, boolean secret) {
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(secret|token|passw|key|credential).*");

    String text() {
        return expansion.text();
    }

    /** In the words of a message: a secret never, what a variable contributed only if its name sounds harmless. */
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
        if (expansion.variables().stream()
                .anyMatch(name -> SECRET_NAME.matcher(name).matches())) {
            return names;
        }
        // Several lines: a forgotten colon or quote may have swallowed the secret on the next line.
        String shown = scalar.severalLines() ? "a text of several lines" : Wording.quoted(text());
        return fromEnvironment ? shown + " (from " + names + ")" : shown;
    }
}
