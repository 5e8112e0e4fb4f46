package io.weir.dispatch.durable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A push as it is kept: what a handler needs, and nothing of the request that brought it. Equal when all is.
 *
 * @param account whose push it is
 * @param pushId its identity as text, the same for all attempts
 * @param type its wire name, for whoever lists entries without reading the document
 * @param sender the OpenID, for the order of copies and for what a person may have deleted
 * @param xml the document, decrypted, as WeChat wrote it
 * @param arrived when its first attempt arrived
 * @param attempt number of the attempt that began its run
 * @param traceparent what a proxy in front called the request by
 */
public record StoredPush(
        String account,
        String pushId,
        String type,
        String sender,
        String xml,
        Instant arrived,
        int attempt,
        Optional<String> traceparent) {

    /** The document as bytes. */
    public byte[] document() {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    /** The OpenID stays out of logs. */
    @Override
    public String toString() {
        return "push " + pushId + " of " + account;
    }
}
