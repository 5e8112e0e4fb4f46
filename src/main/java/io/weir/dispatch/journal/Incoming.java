package io.weir.dispatch.journal;

import io.weir.wechat.codec.Credentials;
import java.util.Arrays;
import java.util.function.Supplier;

/** What came to the door, as it came. Nothing is copied: the bytes are those that were read, and nobody may change them. */
public final class Incoming {
    private final Credentials account;
    private final String query;
    private final byte[] body;
    private final Supplier<String> peer;
    private final long beganNanos;

    /**
     * A request.
     *
     * @param account what it was checked against
     * @param query the part of the URL behind the question mark
     * @param peer the sender's address; holds nothing of the request
     * @param beganNanos when it began to arrive, on the scale of {@link System#nanoTime()}
     */
    public Incoming(Credentials account, String query, byte[] body, Supplier<String> peer, long beganNanos) {
        this.account = account;
        this.query = query;
        this.body = body;
        this.peer = peer;
        this.beganNanos = beganNanos;
    }

    /** The same with no more than the beginning of its body. */
    Incoming cut(int bytes) {
        return body.length <= bytes ? this : new Incoming(account, query, Arrays.copyOf(body, bytes), peer, beganNanos);
    }

    public Credentials account() {
        return account;
    }

    public String query() {
        return query;
    }

    /** The bytes as received; empty for the verification of a URL. */
    public byte[] body() {
        return body;
    }

    /** The sender's address. */
    public String peer() {
        return peer.get();
    }

    public long beganNanos() {
        return beganNanos;
    }
}
