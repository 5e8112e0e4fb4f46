package io.weir.wechat.message;

import java.nio.charset.StandardCharsets;

/**
 * What makes a push the same when WeChat sends it again, made by {@link PushIdDigest}: 128 bits, equal for all attempts of
 * one push and for nothing else.
 */
public record PushId(long high, long low) {

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);

    private static final int CHARACTERS = 22;

    /** As a part of a key: 22 characters of URL-safe Base64. */
    public String text() {
        byte[] text = new byte[CHARACTERS];
        for (int i = 0; i < CHARACTERS; i++) {
            text[i] = DIGITS[(int) bitsFrom(6 * i) & 63];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The six bits from there on, lowest in the result; the last two of all are followed by zeros. */
    private long bitsFrom(int bit) {
        if (bit <= 58) {
            return high >>> (58 - bit);
        }
        if (bit < Long.SIZE) {
            return high << (bit - 58) | low >>> (122 - bit);
        }
        return bit <= 122 ? low >>> (122 - bit) : low << (bit - 122);
    }

    @Override
    public String toString() {
        return text();
    }
}
