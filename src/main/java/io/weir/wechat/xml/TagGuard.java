package io.weir.wechat.xml;

/**
 * Refuses a tag that is too long to be one of WeChat's, before a parser sees it: WeChat's elements have no attributes,
 * and a parser's time grows faster than the number of attributes in one tag (9,000 of them cost it 30 ms).
 */
final class TagGuard {
    private static final int MAX_TAG_BYTES = 2_048;

    private TagGuard() {}

    static void check(byte[] in, int start) throws XmlException {
        if (in.length - start <= MAX_TAG_BYTES) {
            return;
        }
        for (int i = start; i < in.length; i++) {
            if (in[i] == '<') {
                i = end(in, i);
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
        int end = after(in, at, ">");
        if (end - at > MAX_TAG_BYTES) {
            throw new XmlException("has a tag longer than " + MAX_TAG_BYTES + " bytes");
        }
        return end;
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
