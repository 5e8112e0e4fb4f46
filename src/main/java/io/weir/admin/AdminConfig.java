package io.weir.admin;

import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.http.Loopback;
import java.util.Optional;

/**
 * Settings of the admin port: section {@code admin} of the configuration. Not for the public.
 *
 * @param host address to listen on; another than loopback needs a token
 * @param port port to listen on; 0 takes a free one
 * @param token what {@code Authorization: Bearer} must hold, where set
 */
public record AdminConfig(String host, int port, Optional<Secret> token) {
    /** The settings that hold where the configuration says nothing. */
    public static final AdminConfig DEFAULT = new AdminConfig("127.0.0.1", 8081, Optional.empty());

    public AdminConfig {
        if (token.isEmpty() && !Loopback.is(host)) {
            throw new IllegalArgumentException("an admin port that others can reach needs a token");
        }
    }

    /** Reads section {@code admin}. */
    public static Optional<AdminConfig> read(Section root) {
        Section section = root.section("admin");
        String host = section.text("host", DEFAULT.host);
        int port = section.integer("port", DEFAULT.port, 0, 65_535);
        Optional<Secret> token = section.secret("token");
        if (token.isEmpty() && !Loopback.is(host)) {
            section.problem("token", "expected a token, since others can reach " + host, "or set host: 127.0.0.1");
        }
        section.refuseUnknownKeys();
        return section.build(() -> new AdminConfig(host, port, token));
    }

    /** Whether only this machine reaches the port. */
    boolean isLocal() {
        return Loopback.is(host);
    }
}
