package io.weir.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.reader.StreamReader;

/** What is checked before YAML is looked at. */
final class RawText {
    private static final int MAX_BYTES = 1024 * 1024;

    private RawText() {}

    /** The text without a byte order mark. */
    static String check(Place root, String text) {
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (clean.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ConfigException(
                    List.of(Problem.error(root, "more than 1 MiB", "expected a file of at most 1 MiB")));
        }
        for (int index = 0; index < clean.length(); index += Character.charCount(clean.codePointAt(index))) {
            if (!StreamReader.isPrintable(clean.codePointAt(index))) {
                throw new ConfigException(List.of(unprintable(root, clean.substring(0, index))));
            }
        }
        return clean;
    }

    private static Problem unprintable(Place root, String before) {
        String[] lines = before.split("\\R", -1);
        int column = lines[lines.length - 1].length() + 1;
        return Problem.error(root.at(lines.length, column), "a character that no text has", "expected UTF-8 text")
                .hint("save the file as UTF-8");
    }
}
