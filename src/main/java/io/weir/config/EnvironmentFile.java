package io.weir.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads variables from a file of lines {@code NAME=VALUE}, as systemd's {@code EnvironmentFile} and Docker's {@code --env-file} have
 * them. Where those differ, as systemd does: quotes round a value are no part of it, and in double quotes a backslash stands before
 * {@code " \ $} and {@code `}.
 */
public final class EnvironmentFile {
    private static final Pattern LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\$`])");

    private EnvironmentFile() {}

    /**
     * Reads a file's text. A name without {@code =} is passed over: in Docker it stands for the variable that is there.
     *
     * @param file how problems name it
     * @throws ConfigException naming each line that is none of these; it quotes nothing, since values are secrets
     */
    public static Map<String, String> parse(String file, String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        Problems problems = new Problems();
        int number = 0;
        for (String each : FileText.withoutMark(text).lines().toList()) {
            number++;
            String line = each.strip();
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                variables.put(parts.group(1), value(parts.group(2).strip()));
            } else if (!line.isEmpty()
                    && !line.startsWith("#")
                    && !line.startsWith(";")
                    && !NAME.matcher(line).matches()) {
                problems.add(Problem.error(new Place(file, number, 0, ""), "another line", "expected NAME=VALUE")
                        .hint(Optional.of("leave out \"export\"").filter(hint -> line.startsWith("export "))));
            }
        }
        problems.throwIfErrors();
        return variables;
    }

    private static String value(String text) {
        boolean quoted = text.length() > 1 && text.charAt(0) == text.charAt(text.length() - 1);
        if (quoted && text.charAt(0) == '\'') {
            return text.substring(1, text.length() - 1);
        }
        return quoted && text.charAt(0) == '"'
                ? ESCAPED.matcher(text.substring(1, text.length() - 1)).replaceAll("$1")
                : text;
    }
}
