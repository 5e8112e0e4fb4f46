package io.weir.config;

import java.util.Optional;

/**
 * One thing that is wrong or doubtful in a configuration file; {@link #text()} is what users read.
 *
 * @param found what stands there, never a secret, not even in part
 * @param rule what was expected instead
 * @param hint what to do about it
 */
public record Problem(Severity severity, Place place, String found, String rule, Optional<String> hint) {

    /** An error keeps the configuration from being used; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Problem error(Place place, String found, String rule) {
        return new Problem(Severity.ERROR, place, found, rule, Optional.empty());
    }

    /** The variable whose value is missing, where that is all that is wrong: another environment may have it. */
    public Optional<String> unsetVariable() {
        return found.startsWith("${") && found.endsWith(Expansion.UNSET)
                ? Optional.of(found.substring(2, found.length() - Expansion.UNSET.length()))
                : Optional.empty();
    }

    Problem warning() {
        return new Problem(Severity.WARNING, place, found, rule, hint);
    }

    Problem hint(String text) {
        return hint(Optional.of(text));
    }

    Problem hint(Optional<String> text) {
        return new Problem(severity, place, found, rule, text);
    }

    /** One line, for example {@code conf/weir.yaml:12: accounts.main.mode: found "saef"; expected …; did you mean "safe"?}. */
    public String text() {
        StringBuilder text = new StringBuilder(place.where());
        text.append(severity == Severity.WARNING ? ": warning: " : ": ");
        if (!place.path().isEmpty()) {
            text.append(place.path()).append(": ");
        }
        text.append("found ").append(found).append("; ").append(rule);
        hint.ifPresent(each -> text.append("; ").append(each));
        return Wording.oneLine(text.toString());
    }
}
