package io.weir.config;

import java.util.List;
import org.yaml.snakeyaml.reader.StreamReader;

/** What is checked before YAML is looked at. */
final class RawText {
    private RawText() {}

    /** The text without a byte order mark. */
    static String check(Place root, String text) {
        String clean = FileText.withoutMark(text);
        long bytes = bytes(clean);
        if (bytes > FileText.MAX_BYTES) {
            throw new ConfigException(List.of(Problem.error(
                    root, bytes + " bytes", "expected at most 16 MiB (" + FileText.MAX_BYTES + " bytes)")));
        }
        for (int index = 0; index < clean.length(); index += Character.charCount(clean.codePointAt(index))) {
            if (!StreamReader.isPrintable(clean.codePointAt(index))) {
                throw new ConfigException(List.of(unprintable(root, clean.substring(0, index))));
            }
        }
        return clean;
    }

    /** How many bytes a text has in UTF-8, without making them. */
    private static long bytes(String text) {
        long bytes = 0;
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            bytes += each < 0x80 ? 1 : each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
        }
        return bytes;
    }

    private static Problem unprintable(Place root, String before) {
        return Problem.error(Place.behind(root.file(), before), "a character that no text has", "expected UTF-8 text")
                .hint("save the file as UTF-8");
    }
}
