package io.weir.dispatch;

import io.vertx.core.net.SocketAddress;
import io.weir.wechat.codec.Credentials;
import java.util.Optional;

/**
 * A request to an account, as it came. Nothing is copied: the bytes are those that were read, and nobody may change them. Any
 * thread.
 */
public final class RawRequest {
    private static final byte[] NO_BODY = {};

    private final Credentials account;
    private final String query;
    private final byte[] body;
    private final SocketAddress peer;
    private final long beganNanos;
    private final Optional<String> traceparent;

    /**
     * A request with its body.
     *
     * @param account what it is checked against
     * @param query the part of the URL behind the question mark
     * @param peer the sender's address
     * @param beganNanos when it began to arrive, on the scale of {@link System#nanoTime()}
     */
    public RawRequest(Credentials account, String query, byte[] body, SocketAddress peer, long beganNanos) {
        this(account, query, body, peer, beganNanos, Optional.empty());
    }

    /**
     * A request with its body, of which a proxy in front has said what it belongs to.
     *
     * @param traceparent the header of that name
     */
    public RawRequest(
            Credentials account,
            String query,
            byte[] body,
            SocketAddress peer,
            long beganNanos,
            Optional<String> traceparent) {
        this.traceparent = traceparent;
        this.account = account;
        this.query = query;
        this.body = body;
        this.peer = peer;
        this.beganNanos = beganNanos;
    }

    /** A request without a body, or whose body has not been read. */
    public RawRequest(Credentials account, String query, SocketAddress peer, long beganNanos) {
        this(account, query, NO_BODY, peer, beganNanos);
    }

    /** What it is checked against. */
    public Credentials account() {
        return account;
    }

    /** The part of the URL behind the question mark. */
    public String query() {
        return query;
    }

    /** The bytes as received; empty for the verification of a URL. */
    public byte[] body() {
        return body;
    }

    /** The sender's address. */
    public SocketAddress peer() {
        return peer;
    }

    /** What a proxy in front calls it by. */
    public Optional<String> traceparent() {
        return traceparent;
    }

    /** When it began to arrive, on the scale of {@link System#nanoTime()}. */
    public long beganNanos() {
        return beganNanos;
    }
}
