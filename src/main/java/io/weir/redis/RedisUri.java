package io.weir.redis;

import io.weir.config.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The parts of {@code redis://user:password@host:port/database}; {@code :password@} is the password of Redis's default user. */
record RedisUri(
        RedisAddress address,
        Optional<String> user,
        Optional<Secret> password,
        int database,
        boolean hasDatabase,
        boolean tls) {
    private static final int DEFAULT_PORT = 6379;

    /** @throws IllegalArgumentException when there is a {@link #problem} with it */
    static RedisUri of(URI uri) {
        problem(uri).ifPresent(rule -> {
            throw new IllegalArgumentException(rule);
        });
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        String[] credentials = credentials(uri).split(":", 2);
        String path = path(uri);
        return new RedisUri(
                new RedisAddress(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()),
                Optional.of(decoded(credentials[0])).filter(user -> !user.isEmpty()),
                Optional.of(decoded(credentials[1]))
                        .filter(word -> !word.isEmpty())
                        .map(Secret::of),
                path.isEmpty() ? 0 : Integer.parseInt(path),
                !path.isEmpty(),
                uri.getScheme().toLowerCase(Locale.ROOT).equals("rediss"));
    }

    /** The rule that it breaks; it quotes nothing. */
    static Optional<String> problem(URI uri) {
        if (!path(uri).matches("[0-9]{0,6}") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("expected only the number of a database behind the host, as in redis://host:6379/0");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("expected a port from 1 to 65535");
        }
        if (!credentials(uri).contains(":")) {
            return Optional.of("expected user:password@ or :password@ before the host");
        }
        return Optional.empty();
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
    }

    private static String credentials(URI uri) {
        return uri.getRawUserInfo() == null ? ":" : uri.getRawUserInfo();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
