package io.weir.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises characters that look like the ones YAML needs but are others. */
final class LookAlike {
    private static final String WRITE_A_COLON = "write \"key: value\", with a space after the colon";

    /** In a line without any other mark: in values and comments the wide colon is at home. */
    private static final Pattern WIDE_COLON = Pattern.compile("[^:#\"'：]*：");

    private LookAlike() {}

    /** What is peculiar about a line that could not be read, or about a key. */
    static Optional<String> hint(String line) {
        int end = 0;
        while (end < line.length() && (line.charAt(end) == '\t' || Character.isSpaceChar(line.charAt(end)))) {
            end++;
        }
        return indentation(line.substring(0, end))
                .or(() -> WIDE_COLON.matcher(line).lookingAt()
                        ? Optional.of("\"：\" (U+FF1A) is not a colon; " + WRITE_A_COLON)
                        : Optional.empty());
    }

    /** For a text where a key with a value was expected. */
    static Optional<String> missingColon(String text) {
        boolean looksLikeKey = text.chars().anyMatch(each -> each == ':' || each == '=' || each == '：');
        return looksLikeKey ? hint(text).or(() -> Optional.of(WRITE_A_COLON)) : Optional.empty();
    }

    private static Optional<String> indentation(String blank) {
        if (blank.indexOf('\t') >= 0) {
            return Optional.of("the line is indented with a tab; use spaces");
        }
        if (blank.indexOf('\u00A0') >= 0) {
            return Optional.of("the line is indented with U+00A0, copied from a web page; use plain spaces");
        }
        return blank.chars()
                .filter(each -> each != ' ')
                .mapToObj(LookAlike::wideSpace)
                .findFirst();
    }

    private static String wideSpace(int character) {
        return String.format("the line is indented with U+%04X; use plain spaces", character);
    }
}
