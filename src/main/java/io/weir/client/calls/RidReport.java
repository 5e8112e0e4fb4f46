package io.weir.client.calls;

import io.weir.config.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * What WeChat knows of a request (token-and-server-api.md §6).
 *
 * @param url with the token in it, hence secret, as are the bodies
 */
public record RidReport(
        Optional<Instant> invokedAt,
        Optional<Long> costMillis,
        Optional<String> clientIp,
        Secret url,
        Secret requestBody,
        Secret responseBody) {}
