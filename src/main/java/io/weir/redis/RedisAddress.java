package io.weir.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Redis or a sentinel listens.
 *
 * @param host name or IP address, IPv6 without brackets
 */
public record RedisAddress(String host, int port) {
    private static final Pattern WRITTEN = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException for what cannot be an address */
    public RedisAddress {
        if (host.isBlank() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("expected a host and a port from 1 to " + MAX_PORT);
        }
    }

    /** Reads {@code host:port}; empty when it is not that. */
    static Optional<RedisAddress> parse(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(2));
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new RedisAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
