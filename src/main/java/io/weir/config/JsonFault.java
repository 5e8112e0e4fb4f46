package io.weir.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.weir.config.Problem.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts what Jackson cannot read into our words: what stands there, and what the text before it asks for. Jackson's messages are for
 * programmers, and their wording is no part of its API; of its exceptions only the place is used.
 */
record JsonFault(String file, String text, JsonParser json) {
    private static final Pattern WORD =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null");
    private static final String BLANKS = " \t\r\n";
    private static final String ESCAPABLE = "\"\\/bfnrtu";
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

    /** In characters; Jackson counts UTF-16 units. */
    int column(JsonLocation place) {
        return column(place, (int) place.getCharOffset());
    }

    /** @param offset on the same line */
    private int column(JsonLocation place, int offset) {
        int line = (int) place.getCharOffset() - (place.getColumnNr() - 1);
        return text.codePointCount(line, offset) + 1;
    }

    ConfigException at(JsonLocation place, String found, String rule, String hint) {
        return fault(place, (int) place.getCharOffset(), found, rule, hint);
    }

    /** @param at where it begins or, on that line, has ended */
    ConfigException hugeNumber(JsonLocation at) {
        String rule = "expected at most " + JsonReader.MAX_NUMBER + " digits, of them 3 in an exponent";
        return fault(at, wordStart((int) at.getCharOffset()), "a number this large", rule, "");
    }

    /** The token that was read, or the end of the text, is none that can stand there. */
    ConfigException unexpected() {
        JsonLocation place = json.currentToken() == null ? json.currentLocation() : json.currentTokenLocation();
        return unexpected(place, (int) place.getCharOffset());
    }

    ConfigException explained(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return json.getParsingContext().getNestingDepth() > JsonReader.MAX_DEPTH
                    ? at(
                            json.currentTokenLocation(),
                            "more than " + JsonReader.MAX_DEPTH + " levels",
                            "expected a menu, which has two",
                            "is a bracket missing?")
                    : hugeNumber(json.currentLocation());
        }
        JsonLocation place = e.getLocation();
        int at = placeOf((int) place.getCharOffset());
        int quote = -1;
        int escape = -1;
        for (int index = 0; index < at; index++) {
            if (quote >= 0 && text.charAt(index) == '\\') {
                escape = index++;
            } else if (text.charAt(index) == '"') {
                quote = quote < 0 ? index : -1;
            }
        }
        return quote < 0 ? unexpected(place, faultStart(at)) : insideText(place, at, quote, escape);
    }

    /** Jackson has passed a control character that is no blank. */
    private int placeOf(int at) {
        boolean passed = at > 0 && text.charAt(at - 1) < ' ' && BLANKS.indexOf(text.charAt(at - 1)) < 0;
        return passed ? at - 1 : at;
    }

    private ConfigException insideText(JsonLocation place, int at, int quote, int escape) {
        if (escape > quote && at == escape + 1) {
            return unexpected(place, at, "one of " + ESCAPABLE + " behind '\\'");
        }
        if (escape > quote && at < escape + "\\uXXXX".length() && text.charAt(escape + 1) == 'u') {
            return unexpected(place, escape + 2, "four hexadecimal digits");
        }
        return at == text.length()
                ? fault(place, quote, "a text that is never closed", "expected '\"' at its end", "")
                : unexpected(place, at, "'\"' at the end of the text");
    }

    /** Where the number or word begins in which the place is; the place itself if one is complete before it. */
    private int faultStart(int at) {
        int start = wordStart(at);
        boolean complete = WORD.matcher(text).region(start, at).matches() && !isOneOf(at, ".");
        return complete && json.currentToken() != null ? at : start;
    }

    private int wordStart(int end) {
        int start = end;
        while (start > 0 && isOneOf(start - 1, "+-.")) {
            start--;
        }
        return start;
    }

    private boolean isOneOf(int at, String signs) {
        return at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || signs.indexOf(text.charAt(at)) >= 0);
    }

    private ConfigException unexpected(JsonLocation place, int at) {
        return unexpected(place, at, expected(text.substring(0, at).stripTrailing()));
    }

    private ConfigException unexpected(JsonLocation place, int at, String expected) {
        String hint = at == text.length() ? "" : HINTS.getOrDefault(text.charAt(at), "");
        return fault(place, at, found(at), "expected " + expected, hint);
    }

    private String expected(String before) {
        boolean inObject = json.getParsingContext().inObject();
        return switch (before.isEmpty() ? ' ' : before.charAt(before.length() - 1)) {
            case ' ' -> "'{'";
            case '{' -> "a key in double quotes or '}'";
            case '[' -> "a value or ']'";
            case ':' -> "a value";
            case ',' -> inObject ? "a key in double quotes" : "a value";
            default -> {
                String orEnd = inObject ? "a comma or '}'" : "a comma or ']'";
                String next = json.currentToken() == JsonToken.FIELD_NAME ? "a colon" : orEnd;
                yield json.getParsingContext().inRoot() ? "the end of the text" : next;
            }
        };
    }

    private String found(int at) {
        if (at == text.length()) {
            return "the end of the text";
        }
        int character = text.codePointAt(at);
        if (character == '\n' || character == '\r') {
            return "the end of the line";
        }
        boolean isVisible = !Character.isSpaceChar(character) && Wording.isVisible(character);
        return isVisible ? "'" + Character.toString(character) + "'" : String.format(Locale.ROOT, "U+%04X", character);
    }

    private ConfigException fault(JsonLocation place, int offset, String found, String rule, String hint) {
        return new ConfigException(List.of(new Problem(
                Severity.ERROR,
                new Place(file, place.getLineNr(), column(place, offset), ""),
                found,
                rule,
                Optional.of(hint).filter(text -> !text.isEmpty()))));
    }
}
