package io.weir.client.admin;

import io.weir.config.Secret;
import java.util.Optional;

/**
 * Where the admin port of a gateway is, seen from its own machine.
 *
 * @param host as it is listened on; that of all addresses becomes this machine's
 * @param port 0 where only the running gateway knows
 * @param token what {@code Authorization: Bearer} holds
 */
public record AdminAddress(String host, int port, Optional<Secret> token) {
    public AdminAddress {
        host = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }

    /** {@code host:port}. */
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
