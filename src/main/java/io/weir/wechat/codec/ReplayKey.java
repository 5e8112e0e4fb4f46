package io.weir.wechat.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What tells a request from every other one of its account: the timestamp and nonce that it was signed with, and a digest of its
 * body. WeChat makes a new pair of timestamp and nonce for every push; a known pair is a repeat when the body is the same, and
 * otherwise a replay with another body, or, rarely, two genuine pushes that share a pair.
 *
 * <p>No digest here need resist an attacker: two bodies that share one count as one, and then nothing is run.
 *
 * @param seconds the timestamp
 * @param hash 64 bits that tell pairs of timestamp and nonce apart
 * @param digest 64 bits that tell bodies apart, as they were before encryption; {@link #VERIFICATION} for none
 * @param covered whether a valid msg_signature covers the body, so that nobody but WeChat can have chosen it
 */
public record ReplayKey(long seconds, long hash, long digest, boolean covered) {
    /** Digest of a verification of the URL, which has no body. */
    public static final long VERIFICATION = 0;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The key of a push, whose timestamp is a number. */
    static ReplayKey of(String account, PushQuery query, byte[] body, boolean covered) {
        long digest = digest(body);
        return new ReplayKey(
                Long.parseLong(query.timestamp()), hash(account, query), digest == VERIFICATION ? 1 : digest, covered);
    }

    /** The key of the verification of a URL. */
    static ReplayKey ofVerification(String account, PushQuery query) {
        return new ReplayKey(Long.parseLong(query.timestamp()), hash(account, query), VERIFICATION, false);
    }

    /** Whether another request was signed with the same timestamp and nonce. */
    public boolean isPairOf(ReplayKey other) {
        return seconds == other.seconds && hash == other.hash;
    }

    /** The key of a push that shares timestamp and nonce with another genuine one: its own, made with its digest. */
    public ReplayKey apart() {
        return new ReplayKey(seconds, finished(hash ^ digest * SPREAD), digest, covered);
    }

    private static long hash(String account, PushQuery query) {
        return finished(mixed(mixed(mixed(BASIS, account), query.timestamp()), query.nonce()));
    }

    private static long digest(byte[] body) {
        long hash = BASIS ^ body.length;
        int at = 0;
        for (; at + Long.BYTES <= body.length; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ (long) LONGS.get(body, at), 29) * SPREAD;
        }
        for (; at < body.length; at++) {
            hash = (hash ^ body[at]) * PRIME;
        }
        return finished(hash);
    }

    /** FNV-1a over the characters, with one behind them that no query has. */
    private static long mixed(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return (hash ^ 0x1_0000) * PRIME;
    }

    /** Spreads over all bits what stands in the higher ones only. */
    private static long finished(long hash) {
        long once = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return once ^ (once >>> 32);
    }
}
