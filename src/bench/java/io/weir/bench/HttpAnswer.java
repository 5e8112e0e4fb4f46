package io.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP/1.1 answer with a Content-Length; no other kind is understood.
 *
 * @param status the status code
 * @param body the text
 */
record HttpAnswer(int status, String body) {
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final String LENGTH = "content-length:";

    /** Number of bytes of the answer whose first {@code length} are here, -1 while its head is not all there. */
    static int bytes(byte[] received, int length) {
        int head = headBytes(received, length);
        return head < 0 ? -1 : head + contentLength(received, head);
    }

    static HttpAnswer parse(byte[] bytes) {
        int head = headBytes(bytes, bytes.length);
        int status = Integer.parseInt(new String(bytes, 9, 3, StandardCharsets.US_ASCII));
        return new HttpAnswer(status, new String(bytes, head, bytes.length - head, StandardCharsets.UTF_8));
    }

    private static int headBytes(byte[] bytes, int length) {
        for (int at = 0; at + BLANK_LINE.length <= length; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + BLANK_LINE.length;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int head) {
        String text = new String(bytes, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = text.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without Content-Length: " + text);
        }
        int start = at + LENGTH.length();
        return Integer.parseInt(text.substring(start, text.indexOf('\r', start)).strip());
    }
}
