package io.weir.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script: Redis runs it as one step.
 *
 * @param source read through {@code KEYS} and {@code ARGV}
 * @param digest the name that Redis knows it by
 */
public record RedisScript(String source, String digest) {

    /** A script by its text. */
    public static RedisScript of(String source) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(source, HexFormat.of().formatHex(sha1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
