package io.weir.wechat.menu;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a JSON text that moves forward, and the words for what is wrong there. */
final class JsonCursor {
    private static final int NOT_JSON = 47001;
    private static final Pattern NEWLINE = Pattern.compile("\r\n?|\n");
    private static final String FROM_A_WEB_PAGE = ", copied from a web page: put a blank there";
    private static final Map<Character, String> HINTS = Map.ofEntries(
            Map.entry('\u00a0', "U+00A0" + FROM_A_WEB_PAGE),
            Map.entry('\u3000', "U+3000, a Chinese blank: put an ordinary one there"),
            Map.entry('\u200b', "U+200B" + FROM_A_WEB_PAGE),
            Map.entry('\ufeff', "U+FEFF, a byte order mark inside the text: remove it"),
            Map.entry('，', "write ',' instead of the Chinese comma"),
            Map.entry('：', "write ':' instead of the Chinese colon"),
            Map.entry('“', "write '\"' instead of the curly quote"),
            Map.entry('”', "write '\"' instead of the curly quote"),
            Map.entry('\'', "JSON has double quotes only"),
            Map.entry('/', "JSON has no comments"),
            Map.entry('#', "JSON has no comments"));

    private final String text;
    private int at;

    JsonCursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    /** NUL at the end. */
    char peek() {
        return isAtEnd() ? '\0' : text.charAt(at);
    }

    char next() {
        char next = peek();
        at = Math.min(at + 1, text.length());
        return next;
    }

    void skipBlanks() {
        while (!isAtEnd() && " \t\r\n".indexOf(peek()) >= 0) {
            at++;
        }
    }

    /** Skips blanks, and the character if it comes next. */
    boolean skip(char wanted) {
        skipBlanks();
        boolean isThere = !isAtEnd() && peek() == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /** What of the pattern begins here, and moves behind it. */
    Optional<String> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    /** Something else is here than was expected. */
    MenuJsonException expected(String what) {
        return expected(what, NOT_JSON);
    }

    MenuJsonException expected(String what, int errcode) {
        return fault(at, found(), what, isAtEnd() ? "" : HINTS.getOrDefault(peek(), ""), errcode);
    }

    MenuJsonException fault(int place, String found, String expected, String hint) {
        return fault(place, found, expected, hint, NOT_JSON);
    }

    MenuJsonException fault(int place, String found, String expected, String hint, int errcode) {
        String before = text.substring(0, place);
        Matcher newlines = NEWLINE.matcher(before);
        int line = 1;
        int lineStart = 0;
        while (newlines.find()) {
            line++;
            lineStart = newlines.end();
        }
        int column = before.codePointCount(lineStart, before.length()) + 1;
        return new MenuJsonException(line, column, found, expected, hint, errcode);
    }

    private String found() {
        if (isAtEnd()) {
            return "the end of the text";
        }
        int character = text.codePointAt(at);
        if (character == '\n' || character == '\r') {
            return "the end of the line";
        }
        boolean isVisible = character > ' ' && !Character.isSpaceChar(character) && !isFormat(character);
        return isVisible ? "'" + Character.toString(character) + "'" : String.format(Locale.ROOT, "U+%04X", character);
    }

    private static boolean isFormat(int character) {
        int type = Character.getType(character);
        return type == Character.FORMAT || type == Character.CONTROL || type == Character.SURROGATE;
    }
}
