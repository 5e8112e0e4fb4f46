package io.weir.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text after <code>${NAME}</code>, <code>${NAME:default}</code> and <code>${file:/path}</code> have been replaced;
 * <code>$${</code> stands for <code>${</code>.
 *
 * @param variables the names that took part, as <code>${NAME}</code> or <code>${file:/path}</code>
 */
record Expansion(String text, List<String> variables, List<Fault> faults) {
    /** How what was found ends where a variable is not set. */
    static final String UNSET = "}, which is not set";

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?is)\\$\\{file:.*|.*(secret|token|passw|key|credential).*");

    /** Why a replacement failed; never quotes a value. */
    record Fault(String found, String rule, String hint) {}

    static Expansion none(String text) {
        return new Expansion(text, List.of(), List.of());
    }

    static Expansion of(String text, Environment environment) {
        Expander expander = new Expander(environment);
        expander.run(text);
        return new Expansion(expander.result.toString(), expander.variables, expander.faults);
    }

    /** Whether a secret may have taken part: a file's content, or that of a variable whose name sounds so. */
    boolean mayHoldSecret() {
        return variables.stream().anyMatch(name -> SECRET_NAME.matcher(name).matches());
    }

    private static final class Expander {
        private static final String FORMS = "expected ${NAME}, ${NAME:default} or ${file:/path}";
        private static final String FILE = "file:";
        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
        private static final String HOW_TO_ESCAPE = "write \"$${\" for a literal \"${\"";

        private final Environment environment;
        private final StringBuilder result = new StringBuilder();
        private final List<String> variables = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        private Expander(Environment environment) {
            this.environment = environment;
        }

        private void run(String text) {
            int done = 0;
            for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
                if (start > done && text.charAt(start - 1) == '$') {
                    result.append(text, done, start - 1).append("${");
                    done = start + 2;
                    continue;
                }
                int end = text.indexOf('}', start);
                if (end < 0) {
                    faults.add(new Fault("\"${\" without \"}\"", FORMS, HOW_TO_ESCAPE));
                    return;
                }
                result.append(text, done, start);
                replace(text.substring(start + 2, end));
                done = end + 1;
            }
            result.append(text, done, text.length());
        }

        private void replace(String body) {
            if (body.startsWith(FILE + "/") && !body.contains("${")) {
                file(body.substring(FILE.length()));
                return;
            }
            int colon = body.indexOf(':');
            String name = colon < 0 ? body : body.substring(0, colon);
            Optional<String> fallback = colon < 0 ? Optional.empty() : Optional.of(body.substring(colon + 1));
            if (!NAME.matcher(name).matches() || fallback.orElse("").contains("${")) {
                // What stands between the braces is not shown: it may be part of a secret that happens to contain them.
                faults.add(new Fault("\"${\" without a proper name and default", FORMS, HOW_TO_ESCAPE));
                return;
            }
            if (body.startsWith(FILE)) {
                faults.add(new Fault("\"${file:\" without an absolute path", FORMS, "begin the path with \"/\""));
                return;
            }
            variables.add("${" + name + "}");
            environment
                    .variable(name)
                    .or(() -> fallback)
                    .ifPresentOrElse(result::append, () -> faults.add(unset(name)));
        }

        private void file(String path) {
            String name = "${" + FILE + path + "}";
            variables.add(name);
            try {
                result.append(environment.file(path));
            } catch (IOException e) {
                faults.add(new Fault(
                        name + ", which cannot be read: " + e.getMessage(),
                        "expected a readable file with the value",
                        "look at its path, owner and mode"));
            }
        }

        private static Fault unset(String name) {
            return new Fault(
                    "${" + name + UNSET,
                    "expected the environment variable " + name,
                    "set it or give a default: ${" + name + ":default}");
        }
    }
}
