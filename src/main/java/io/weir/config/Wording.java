package io.weir.config;

import java.util.Collection;
import java.util.List;

/** How values and choices are put into a message. */
final class Wording {
    private static final int LONGEST = 60;

    private Wording() {}

    /** In double quotes, shortened, without what a URI, or what looks like one, carries to prove who asks. */
    static String quoted(String value) {
        String safe = withoutCredentials(value);
        return '"' + (safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…") + '"';
    }

    /** By index, since a pattern would take quadratic time for some texts. */
    private static String withoutCredentials(String value) {
        int slashes = value.indexOf("://");
        int start = slashes < 0 ? 0 : slashes + 3;
        int at = value.lastIndexOf('@');
        String host = at < start ? value.substring(start) : "***" + value.substring(at);
        int query = slashes < 0 ? -1 : host.indexOf('?');
        return value.substring(0, start) + (query < 0 ? host : host.substring(0, query) + "?***");
    }

    /** {@code a, b or c}. */
    static String either(Collection<String> choices) {
        List<String> all = List.copyOf(choices);
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** Line breaks and characters that are invisible or steer a terminal become escapes, so that a problem stays one honest line. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            if (isVisible(each)) {
                line.appendCodePoint(each);
            } else {
                line.append(String.format("\\u%04X", each));
            }
        });
        return line.toString();
    }

    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
