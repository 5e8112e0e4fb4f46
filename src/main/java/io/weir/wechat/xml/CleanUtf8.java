package io.weir.wechat.xml;

import java.io.ByteArrayOutputStream;

/**
 * The bytes of a body made fit for an XML 1.0 parser: checked strictly as UTF-8, without byte order mark, and without
 * the characters that XML 1.0 forbids (a user's odd keyboard must not bring the fault notice; push-protocol.md §5).
 */
final class CleanUtf8 {
    private static final byte[] SPLIT_CDATA = {']', ']', '>', '<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};

    private final byte[] bytes;
    private final int start;
    private final int dropped;

    private CleanUtf8(byte[] bytes, int start, int dropped) {
        this.bytes = bytes;
        this.start = start;
        this.dropped = dropped;
    }

    /** @throws XmlException when the bytes are not UTF-8 */
    static CleanUtf8 of(byte[] bytes) throws XmlException {
        int start = startAfterByteOrderMark(bytes);
        int forbidden = 0;
        for (int i = start; i < bytes.length; ) {
            if (bytes[i] >= 0x20) {
                i++;
                continue;
            }
            int size = sequenceLength(bytes, i);
            forbidden += isForbidden(bytes, i, size) ? 1 : 0;
            i += size;
        }
        return forbidden == 0
                ? new CleanUtf8(bytes, start, 0)
                : new CleanUtf8(withoutForbidden(bytes, start), 0, forbidden);
    }

    /** What to parse, from {@link #start()} to its end. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** How many forbidden characters were taken out. */
    int dropped() {
        return dropped;
    }

    private static int startAfterByteOrderMark(byte[] bytes) throws XmlException {
        if (bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0)) {
            throw new XmlException("not UTF-8: looks like UTF-16 or UTF-32");
        }
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    private static byte[] withoutForbidden(byte[] in, int start) throws XmlException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        int brackets = 0;
        for (int i = start; i < in.length; ) {
            int size = sequenceLength(in, i);
            if (!isForbidden(in, i, size)) {
                if (in[i] == '>' && brackets >= 2 && !endsCdata(in, i, start)) {
                    // "]]" and ">" with a dropped character among them must not end the CDATA section they stand in.
                    out.writeBytes(SPLIT_CDATA);
                }
                brackets = in[i] == ']' ? brackets + 1 : 0;
                out.write(in, i, size);
            }
            i += size;
        }
        return out.toByteArray();
    }

    /** Whether the {@code >} at {@code i} follows two brackets as the bytes were sent. */
    private static boolean endsCdata(byte[] in, int i, int start) {
        return i >= start + 2 && in[i - 1] == ']' && in[i - 2] == ']';
    }

    /** Length of the well-formed sequence at {@code i}, by table 3-7 of the Unicode standard. */
    private static int sequenceLength(byte[] in, int i) throws XmlException {
        int first = in[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first >= 0xC2 && first <= 0xDF) {
            return checked(in, i, 2, 0x80, 0xBF);
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return checked(in, i, 3, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        }
        if (first >= 0xF0 && first <= 0xF4) {
            return checked(in, i, 4, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        }
        throw new XmlException("not UTF-8");
    }

    private static int checked(byte[] in, int i, int size, int lowest, int highest) throws XmlException {
        if (i + size > in.length) {
            throw new XmlException("not UTF-8");
        }
        int second = in[i + 1] & 0xFF;
        boolean good = second >= lowest && second <= highest;
        for (int k = 2; k < size; k++) {
            good &= (in[i + k] & 0xC0) == 0x80;
        }
        if (!good) {
            throw new XmlException("not UTF-8");
        }
        return size;
    }

    /** Control characters but tab, LF and CR; U+FFFE and U+FFFF. Surrogates are not UTF-8 in the first place. */
    private static boolean isForbidden(byte[] in, int i, int size) {
        if (size == 1) {
            return in[i] < 0x20 && in[i] != '\t' && in[i] != '\n' && in[i] != '\r';
        }
        return size == 3 && in[i] == (byte) 0xEF && in[i + 1] == (byte) 0xBF && (in[i + 2] & 0xFF) >= 0xBE;
    }
}
