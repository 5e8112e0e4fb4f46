package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.weir.config.Secret;
import java.util.List;

/**
 * The body of a request. Prints as its size only.
 *
 * @param secrets what of it must never be shown, should WeChat's answer repeat it
 */
public record Payload(String contentType, Buffer bytes, List<Secret> secrets) {
    public Payload {
        secrets = List.copyOf(secrets);
    }

    /** Raw UTF-8, without {@code \}{@code u} escapes (token-and-server-api.md §0). */
    public static Payload json(JsonNode body, Secret... secrets) {
        return new Payload("application/json; charset=utf-8", Buffer.buffer(Json.write(body)), List.of(secrets));
    }

    @Override
    public String toString() {
        return bytes.length() + " bytes of " + contentType;
    }
}
