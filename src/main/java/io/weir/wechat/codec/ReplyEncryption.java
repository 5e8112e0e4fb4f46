package io.weir.wechat.codec;

import io.weir.wechat.crypto.AesKey;

/**
 * The token and the key with which a push came, so that its reply goes back with the same (encryption.md §7).
 *
 * @param token signs the reply
 * @param aesKey encrypts it
 */
public record ReplyEncryption(String token, AesKey aesKey) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "Seal[***]";
    }
}
