package io.weir.wechat.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key behind an EncodingAESKey: 32 bytes, the first 16 of which are also the fixed IV (encryption.md §1).
 *
 * <p>Two EncodingAESKeys are the same key when their 32 bytes are: the last of the 43 characters carries two surplus
 * bits. Never shown: {@link #toString()} masks it. Immutable, any thread.
 */
public final class AesKey {
    private static final int CHARACTERS = 43;

    private final byte[] bytes;
    private final SecretKeySpec key;
    private final IvParameterSpec iv;

    /** Takes 32 bytes as they are; not every key is one that an EncodingAESKey can stand for. */
    AesKey(byte[] bytes) {
        this.bytes = bytes;
        this.key = new SecretKeySpec(bytes, "AES");
        this.iv = new IvParameterSpec(bytes, 0, 16);
    }

    /**
     * Reads an EncodingAESKey as the console of WeChat shows it; blanks around it are ignored.
     *
     * @throws IllegalArgumentException when it is not 43 characters of {@code A-Z a-z 0-9}; the message holds no part of it
     */
    public static AesKey parse(String encodingAesKey) {
        String key = encodingAesKey.strip();
        if (key.length() != CHARACTERS || !key.chars().allMatch(AesKey::isLetterOrDigit)) {
            throw new IllegalArgumentException(
                    "an EncodingAESKey has exactly 43 characters of A-Z, a-z and 0-9, without \"=\"");
        }
        return new AesKey(Base64.getDecoder().decode(key + "="));
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    SecretKeySpec key() {
        return key;
    }

    IvParameterSpec iv() {
        return iv;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AesKey that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
