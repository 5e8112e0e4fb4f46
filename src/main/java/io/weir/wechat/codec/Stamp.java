package io.weir.wechat.codec;

/**
 * The pair of timestamp and nonce that a request was signed with, and its account: WeChat makes a new pair for every push, so
 * the same one with another push is not WeChat's.
 *
 * @param seconds the timestamp
 * @param hash 64 bits that tell pairs apart
 */
public record Stamp(long seconds, long hash) {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    /** The stamp of a request whose timestamp is a number. */
    static Stamp of(String account, PushQuery query) {
        long hash = mixed(mixed(mixed(BASIS, account), query.timestamp()), query.nonce());
        return new Stamp(Long.parseLong(query.timestamp()), finished(hash));
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
