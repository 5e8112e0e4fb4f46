package io.weir.wechat.xml;

import java.nio.charset.StandardCharsets;

/** What text must be like to stand in an XML 1.0 document and to keep WeChat's limits in bytes. */
public final class XmlText {
    private XmlText() {}

    /**
     * The text without the characters that XML 1.0 forbids (control characters, unpaired surrogates, U+FFFE, U+FFFF),
     * with CR LF and CR as LF, which is what a parser would make of them (replies.md §6).
     */
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t' && c != '\n') || c >= 0xD800) {
                return rewritten(text);
            }
        }
        return text;
    }

    private static String rewritten(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .filter(XmlText::isAllowed)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** XML 1.0, production 2 (Char). */
    private static boolean isAllowed(int c) {
        return c >= 0x20 ? c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000 : c == '\t' || c == '\n';
    }

    /** Bytes of the text in UTF-8. */
    public static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The longest beginning of the text that has at most {@code maxBytes} bytes of UTF-8 and ends at a code point. */
    public static String cut(String text, int maxBytes) {
        if (text.length() * 3L <= maxBytes) {
            return text;
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }
}
