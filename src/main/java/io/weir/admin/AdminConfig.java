package io.weir.admin;

import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.http.Loopback;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings of the admin port: section {@code admin} of the configuration. Not for the public.
 *
 * @param host address to listen on; another than loopback needs a token
 * @param port port to listen on; 0 takes a free one
 * @param token what {@code Authorization: Bearer} must hold, where set
 * @param tokens those of others, who may do less
 */
public record AdminConfig(String host, int port, Optional<Secret> token, List<AdminToken> tokens) {
    /** The settings that hold where the configuration says nothing. */
    public static final AdminConfig DEFAULT = new AdminConfig("127.0.0.1", 8081, Optional.empty());

    /** Where others reach the port they can guess at its tokens. */
    private static final int LEAST_TOKEN = 16;

    public AdminConfig {
        tokens = List.copyOf(tokens);
        if (token.isEmpty() && !Loopback.is(host)) {
            throw new IllegalArgumentException("an admin port that others can reach needs a token");
        }
    }

    /** One with the operator's token alone. */
    public AdminConfig(String host, int port, Optional<Secret> token) {
        this(host, port, token, List.of());
    }

    /** The same on another port. */
    public AdminConfig on(int otherPort) {
        return new AdminConfig(host, otherPort, token, tokens);
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
        token.ifPresent(each -> checkLength(section, "token", each, host));
        Set<String> accounts = Set.copyOf(root.section("accounts").keys());
        List<AdminToken> tokens = AdminToken.readAll(section, accounts, token, host);
        section.refuseUnknownKeys();
        return section.build(() -> new AdminConfig(host, port, token, tokens));
    }

    /** Where the port is, from this machine, as far as a file says so that may have errors. */
    public static AdminAddress address(Section root) {
        Section section = root.section("admin");
        return new AdminAddress(
                section.text("host", DEFAULT.host),
                section.integer("port", DEFAULT.port, 0, 65_535),
                section.secret("token"));
    }

    /** Reports a token that others than this machine could guess. */
    static void checkLength(Section section, String key, Secret token, String host) {
        if (!Loopback.is(host) && !token.reveal().isEmpty() && token.reveal().length() < LEAST_TOKEN) {
            section.problem(
                    key,
                    "expected at least " + LEAST_TOKEN + " characters, since others can reach " + host,
                    "make one with: openssl rand -hex 24");
        }
    }

    /** Those of others and the operator's own, which comes first. */
    List<AdminToken> everyToken() {
        return Stream.concat(token.map(AdminToken::ofOperator).stream(), tokens.stream())
                .toList();
    }

    /** Whether only this machine reaches the port. */
    boolean isLocal() {
        return Loopback.is(host);
    }
}
