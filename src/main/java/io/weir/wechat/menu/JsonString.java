package io.weir.wechat.menu;

import java.util.regex.Pattern;

/** Reads a text of JSON from behind its opening quote. */
record JsonString(JsonCursor cursor) {
    private static final int ESCAPES = 40033;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{4}");
    private static final String ESCAPABLE = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    String read() {
        StringBuilder read = new StringBuilder();
        int start = cursor.at() - 1;
        while (cursor.peek() != '"') {
            if (cursor.isAtEnd()) {
                throw cursor.fault(start, "a text that is never closed", "'\"' at its end", "");
            }
            if (cursor.peek() < ' ') {
                throw cursor.expected("'\"' at the end of the text");
            }
            int at = cursor.at();
            char next = cursor.next();
            read.append(next == '\\' ? escape() : next);
            checkPair(read, at);
        }
        cursor.next();
        if (endsWithHalf(read)) {
            throw half(cursor.at() - 1);
        }
        return read.toString();
    }

    private char escape() {
        if (cursor.peek() == 'u') {
            cursor.next();
            String digits = cursor.take(HEX).orElseThrow(() -> cursor.expected("four hexadecimal digits"));
            return (char) Integer.parseInt(digits, 16);
        }
        int known = cursor.isAtEnd() ? -1 : ESCAPABLE.indexOf(cursor.peek());
        if (known < 0) {
            throw cursor.expected("one of " + ESCAPABLE + "u behind '\\'");
        }
        cursor.next();
        return ESCAPED.charAt(known);
    }

    /** Half a character, which only an escape can make, cannot be sent as UTF-8. */
    private void checkPair(StringBuilder read, int at) {
        int last = read.length() - 1;
        boolean afterHalf = last > 0 && Character.isHighSurrogate(read.charAt(last - 1));
        if (afterHalf != Character.isLowSurrogate(read.charAt(last))) {
            throw half(at);
        }
    }

    private static boolean endsWithHalf(StringBuilder read) {
        return !read.isEmpty() && Character.isHighSurrogate(read.charAt(read.length() - 1));
    }

    private MenuJsonException half(int at) {
        return cursor.fault(at, "half of a pair of \\u escapes", "both halves", "write the character itself", ESCAPES);
    }
}
