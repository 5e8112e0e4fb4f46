package io.weir.dispatch.durable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final String VERSION = "1";

    /** The document as bytes. */
    public byte[] document() {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    /** As the fields of a stream's entry, with the version of this form. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", VERSION);
        fields.put("i", pushId);
        fields.put("t", type);
        fields.put("s", sender);
        fields.put("a", String.valueOf(arrived.toEpochMilli()));
        fields.put("n", String.valueOf(attempt));
        fields.put("p", traceparent.orElse(""));
        fields.put("x", xml);
        return fields;
    }

    /** Read from such fields; empty where another version has written them. */
    static Optional<StoredPush> of(String account, Map<String, String> fields) {
        if (!VERSION.equals(fields.get("v"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredPush(
                    account,
                    fields.getOrDefault("i", ""),
                    fields.getOrDefault("t", ""),
                    fields.getOrDefault("s", ""),
                    fields.getOrDefault("x", ""),
                    Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("a", "0"))),
                    Integer.parseInt(fields.getOrDefault("n", "1")),
                    Optional.of(fields.getOrDefault("p", "")).filter(text -> !text.isEmpty())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The OpenID stays out of logs. */
    @Override
    public String toString() {
        return "push " + pushId + " of " + account;
    }
}
