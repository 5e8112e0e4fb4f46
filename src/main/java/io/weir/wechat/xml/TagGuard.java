package io.weir.wechat.xml;

/**
 * Looks at the markup as bytes, for what the parser is slow at or blind to. A tag too long to be one of WeChat's: its
 * elements have no attributes, and a parser's time grows faster than the number of attributes in one tag (9,000 of them
 * cost it 30 ms). And {@code ]]>} at the beginning of a text, which Aalto lets pass.
 */
final class TagGuard {
    private static final int MAX_TAG_BYTES = 2_048;

    private TagGuard() {}

    /** Refuses a tag that is too long; costs nothing where the whole document is shorter than that. */
    static void checkTags(byte[] in, int start) throws XmlException {
        if (in.length - start > MAX_TAG_BYTES) {
            check(in, start);
        }
    }

    /** Refuses a tag that is too long and a {@code ]]>} that ends no CDATA section. */
    static void check(byte[] in, int start) throws XmlException {
        for (int i = start; i < in.length; i++) {
            if (in[i] == '<') {
                i = end(in, i);
            } else if (in[i] == ']' && startsWith(in, i, "]]>")) {
                throw new XmlException("has ]]> outside of a CDATA section");
            }
        }
    }

    private static int end(byte[] in, int at) throws XmlException {
        if (startsWith(in, at, "<![CDATA[")) {
            return after(in, at, "]]>");
        }
        if (startsWith(in, at, "<!--")) {
            return after(in, at, "-->");
        }
        if (startsWith(in, at, "<?")) {
            return after(in, at, "?>");
        }
        int end = afterTag(in, at);
        if (end - at > MAX_TAG_BYTES) {
            throw new XmlException("has a tag longer than " + MAX_TAG_BYTES + " bytes");
        }
        return end;
    }

    /** Index of the {@code >} that ends the tag; one in quotes is part of an attribute. */
    private static int afterTag(byte[] in, int from) {
        int quote = 0;
        for (int i = from; i < in.length; i++) {
            if (quote != 0) {
                quote = in[i] == quote ? 0 : quote;
            } else if (in[i] == '"' || in[i] == '\'') {
                quote = in[i];
            } else if (in[i] == '>') {
                return i;
            }
        }
        return in.length;
    }

    /** Index of the last byte of the next {@code mark}; the end where there is none, for the parser to complain of. */
    private static int after(byte[] in, int from, String mark) {
        for (int i = from; i < in.length; i++) {
            if (startsWith(in, i, mark)) {
                return i + mark.length() - 1;
            }
        }
        return in.length;
    }

    private static boolean startsWith(byte[] in, int at, String mark) {
        if (at + mark.length() > in.length) {
            return false;
        }
        for (int i = 0; i < mark.length(); i++) {
            if (in[at + i] != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
