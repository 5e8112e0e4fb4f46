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
        for (int i = 0; i < text.length(); ) {
            int size = allowedAt(text, i);
            if (size == 0) {
                return rewritten(text, i);
            }
            i += size;
        }
        return text;
    }

    /** Whether the text {@linkplain #clean cleaned} is empty; reads no more than it must. */
    public static boolean isEmptyWhenClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\r' || allowedAt(text, i) > 0) {
                return false;
            }
        }
        return true;
    }

    /** The text, {@linkplain #clean cleaned}, as it may stand between the marks of a CDATA section: {@code ]]>} is split over two. */
    public static String cdata(String text) {
        return clean(text).replace("]]>", "]]]]><![CDATA[>");
    }

    /** @param from the first character that cannot stay as it is */
    private static String rewritten(String text, int from) {
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); ) {
            int size = allowedAt(text, i);
            if (size > 0) {
                out.append(text, i, i + size);
            } else if (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1)) {
                out.append('\n');
            }
            i += Math.max(1, size);
        }
        return out.toString();
    }

    /** How many units the character there has, by XML 1.0, production 2 (Char); 0 for CR and what is not allowed. */
    private static int allowedAt(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x20) {
            return c == '\t' || c == '\n' ? 1 : 0;
        }
        if (Character.isSurrogate(c)) {
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            return pair ? 2 : 0;
        }
        return c < 0xFFFE ? 1 : 0;
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
