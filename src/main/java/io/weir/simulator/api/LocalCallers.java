package io.weir.simulator.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells whether a request comes from this machine and means it: not one that a page of the web makes a browser send, under
 * a name that resolves to this machine (DNS rebinding) or across origins.
 */
public final class LocalCallers {
    /** What browsers say of themselves; other clients say nothing. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)(%.*)?]?|\\[?::ffff:127(\\.\\d{1,3}){3}]?");

    private LocalCallers() {}

    /** Why a request is turned away; empty when it is not. */
    public static Optional<String> problem(HttpServerRequest request) {
        HostAndPort host = request.authority();
        Optional<String> origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN));
        boolean foreign = origin.isEmpty() && "cross-site".equals(request.getHeader(FETCH_SITE));
        return problem(
                String.valueOf(request.remoteAddress().hostAddress()),
                host == null ? "" : host.host(),
                foreign ? Optional.of("null") : origin);
    }

    /** Why a page is not shown to whoever asks for it; a link from elsewhere may lead to it. */
    public static Optional<String> problemOfVisitor(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return problem(
                String.valueOf(request.remoteAddress().hostAddress()),
                host == null ? "" : host.host(),
                Optional.empty());
    }

    static Optional<String> problem(String address, String host, Optional<String> origin) {
        if (!isLoopback(address)) {
            return Optional.of("The control API is for callers on this machine only.");
        }
        if (!isLoopback(host)) {
            return Optional.of("The Host header has to name this machine: localhost, 127.0.0.1 or [::1].");
        }
        return origin.map(LocalCallers::hostOf)
                .filter(page -> !isLoopback(page))
                .map(page -> "Pages of other machines may not use the control API.");
    }

    private static String hostOf(String origin) {
        try {
            return String.valueOf(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
