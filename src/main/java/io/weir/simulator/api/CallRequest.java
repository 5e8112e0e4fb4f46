package io.weir.simulator.api;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.PlatformAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the server API, after the checks that all calls share.
 *
 * @param account whose token was given; for a call without a token the account of its {@code appid}
 * @param query decoded, the first value of each name
 * @param body as it came; empty for GET
 * @param parts of a multipart body, else none
 */
public record CallRequest(PlatformAccount account, Map<String, String> query, Buffer body, List<Part> parts) {
    public CallRequest {
        query = Map.copyOf(query);
        parts = List.copyOf(parts);
    }

    /** A query parameter that is there and not empty. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** The first part of that name. */
    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /**
     * One part of a multipart body.
     *
     * @param fileName empty for a plain field
     */
    public record Part(String name, Optional<String> fileName, String contentType, Buffer body) {}
}
