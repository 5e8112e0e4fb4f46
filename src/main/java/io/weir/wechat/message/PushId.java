package io.weir.wechat.message;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What makes a push the same when WeChat sends it again, made by {@link PushIdDigest}: 128 bits, equal for all attempts of
 * one push and for nothing else.
 */
public record PushId(long high, long low) {

    /** As a part of a key: 22 characters of URL-safe Base64. */
    public String text() {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
