package io.weir.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.weir.config.Secret;
import io.weir.http.Loopback;
import io.weir.http.api.Access;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides who may use the admin port: whoever has a token with the right to it or, but for credentials, has logged in with it, and no page of the
 * web that makes an operator's browser ask, be it under a name that resolves to this machine (DNS rebinding) or across
 * origins.
 */
final class AdminGuard {
    private static final String SCHEME = "Bearer ";
    private static final String REVEAL = "reveal";
    private static final String MARK = "X-Weir-Console";
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private final AdminConfig config;
    private final Sessions sessions;

    AdminGuard(AdminConfig config, Sessions sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    /**
     * Why a request is turned away; empty when it is not.
     *
     * @param account that of the path; empty where it names none
     */
    Optional<ApiProblem> refusal(HttpServerRequest request, ApiRoute route, Optional<String> account) {
        Right right = needed(request, route);
        return refusal(
                request,
                route.access(),
                token -> token.may(right, account) ? Optional.empty() : Optional.of(missing(token, right, account)));
    }

    /** Whether a question is for what is not shown to everybody who may ask it. */
    private static boolean reveals(HttpServerRequest request) {
        return request.params(false).getAll(REVEAL).stream().anyMatch(value -> !value.equals("false"));
    }

    /** The same where there is no route. */
    Optional<ApiProblem> refusal(HttpServerRequest request, Access access) {
        return refusal(request, access, token -> Optional.empty());
    }

    private Optional<ApiProblem> refusal(
            HttpServerRequest request, Access access, Function<AdminToken, Optional<ApiProblem>> rights) {
        if (access == Access.OPEN) {
            return Optional.empty();
        }
        if (config.isLocal() && !namesThisMachine(request)) {
            return Optional.of(
                    ApiProblem.of(
                            403,
                            "The Host header names another machine",
                            "The admin port listens on this machine only: send Host: localhost, 127.0.0.1 or [::1], with any port."));
        }
        if (isFromElsewhere(request)) {
            return Optional.of(ApiProblem.of(
                    403,
                    "A page of another origin may not ask this",
                    "A browser sent this for a page that does not come from the admin port."));
        }
        Optional<AdminToken> token = token(request);
        if (token.isPresent()) {
            return access == Access.VISITOR ? Optional.empty() : rights.apply(token.get());
        }
        if (access == Access.OPERATOR && config.token().isEmpty()) {
            return Optional.empty();
        }
        Optional<AdminToken> session =
                access == Access.BEARER ? Optional.empty() : sessions.ofRequest(request.headers());
        if (session.isPresent()) {
            return !isOfConsole(request)
                    ? Optional.of(unmarked())
                    : access == Access.VISITOR ? Optional.empty() : rights.apply(session.get());
        }
        return access == Access.VISITOR ? Optional.empty() : Optional.of(unauthorized());
    }

    /** How long a refusal waits: who sends a token tries one; who sends none does not. */
    Duration pause(HttpServerRequest request, ApiProblem refusal) {
        boolean guess = refusal.status() == 401
                && config.token().isPresent()
                && request.headers().contains(HttpHeaders.AUTHORIZATION);
        return guess ? sessions.wrongTokens().note(peer(request)) : Duration.ZERO;
    }

    /** The address that a request came from. */
    static String peer(HttpServerRequest request) {
        return request.remoteAddress() == null
                ? "unknown"
                : String.valueOf(request.remoteAddress().hostAddress());
    }

    /** A form or a link of another page cannot set the header, and asking whether it may is never granted. */
    private static boolean isOfConsole(HttpServerRequest request) {
        return HARMLESS.contains(request.method()) || "1".equals(request.getHeader(MARK));
    }

    private static ApiProblem unmarked() {
        return ApiProblem.of(
                403,
                "The console's header is missing",
                "What changes something needs the header " + MARK + ": 1 beside the console's cookie.");
    }

    /** Who asks: the token that was sent or logged in with; where none is set, whoever is on this machine. */
    Optional<AdminToken> caller(HttpServerRequest request) {
        return sessions.caller(request.headers());
    }

    /** What a request needs. */
    static Right needed(HttpServerRequest request, ApiRoute route) {
        return reveals(request) && route.right() == Right.READ ? Right.REVEAL : route.right();
    }

    /** The token that the caller has sent; empty for none and for one that nobody has. Takes constant time. */
    Optional<AdminToken> token(HttpServerRequest request) {
        return bearer(request.headers()).flatMap(sessions::token);
    }

    /** What is sent as a token; empty for none and for several. */
    static Optional<Secret> bearer(MultiMap headers) {
        List<String> given = headers.getAll(HttpHeaders.AUTHORIZATION);
        boolean bearer = given.size() == 1 && given.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer ? Optional.of(Secret.of(given.get(0).substring(SCHEME.length()))) : Optional.empty();
    }

    private static ApiProblem missing(AdminToken token, Right right, Optional<String> account) {
        String needed = right.word() + (right == Right.WECHAT ? ":" + account.orElse("") : "");
        return ApiProblem.of(
                403,
                "The token may not do this",
                "This needs the right " + needed + "; the token " + token.name() + " has " + token.words()
                        + ". Rights stand in admin.tokens of the configuration.");
    }

    private ApiProblem unauthorized() {
        return config.token().isPresent()
                ? ApiProblem.of(
                        401,
                        "A token is needed",
                        "Send the header Authorization: Bearer with the value of admin.token, or with a secret of admin.tokens.")
                : ApiProblem.of(
                        401,
                        "An admin token has to be set",
                        "Credentials are for holders of the admin token only, and none is set: set admin.token in the"
                                + " configuration, restart, and send the header Authorization: Bearer with its value.");
    }

    /** A target with a host of its own, as proxies are asked, would count instead of the header: nobody means this port by it. */
    private static boolean namesThisMachine(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return host != null && Loopback.is(host.host()) && request.uri().startsWith("/");
    }

    private static boolean isFromElsewhere(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return (site != null && OTHER_SITES.contains(site))
                || (!HARMLESS.contains(request.method())
                        && request.headers().getAll(HttpHeaders.ORIGIN).stream()
                                .anyMatch(origin -> !isOwn(origin, request.authority())));
    }

    /** The scheme is left aside: a proxy may have taken off the TLS. */
    private static boolean isOwn(String origin, HostAndPort host) {
        try {
            URI page = URI.create(origin);
            int standard = "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
            return host != null
                    && page.getHost() != null
                    && bare(page.getHost()).equalsIgnoreCase(bare(host.host()))
                    && port(page.getPort(), standard) == port(host.port(), standard);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(int port, int standard) {
        return port < 0 ? standard : port;
    }
}
