package io.weir.simulator.push;

import java.net.URI;

/** Tells what can stand as the push URL in an account's settings. */
public final class PushUrl {
    private static final int MOST_PORT = 65_535;

    private PushUrl() {}

    /** Whether pushes can be sent there: http or https, a host, a port that exists, no fragment. */
    public static boolean isUsable(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean port = url.getPort() <= MOST_PORT;
        return http && port && url.getHost() != null && url.getRawFragment() == null;
    }
}
