package io.weir.admin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.weir.http.ConnectionWatch;
import io.weir.http.OverloadRefusals;
import io.weir.http.ServerShell;
import io.weir.http.api.ApiRoute;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves the admin port: the routes that it is given, behind the admin token where one is set. One instance. */
public final class AdminVerticle extends VerticleBase {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** An answer may take as long as a call to WeChat with the longest timeout, its repeats and a token for it. */
    private static final ConnectionWatch.Limits LIMITS =
            ConnectionWatch.Limits.of(1.0 / 16, 0.25, 1, Duration.ofSeconds(150));

    private final AdminConfig config;
    private final Sessions sessions;
    private final Set<String> accounts;
    private final List<ApiRoute> routes;
    private final OverloadRefusals overload;
    private final AuditLog audit;
    private @Nullable ServerShell server;
    private volatile int port;

    /**
     * Made on any thread.
     *
     * @param sessions who has logged in
     * @param accounts the names that may stand in a path
     * @param routes those of all features
     * @param overload counts what it turns away
     * @param audit is told who does what
     */
    public AdminVerticle(
            AdminConfig config,
            Sessions sessions,
            Set<String> accounts,
            List<ApiRoute> routes,
            OverloadRefusals overload,
            AuditLog audit) {
        this.audit = audit;
        this.config = config;
        this.sessions = sessions;
        this.accounts = Set.copyOf(accounts);
        this.routes = List.copyOf(routes);
        this.overload = overload;
    }

    @Override
    public Future<?> start() {
        ServerShell made = ServerShell.of(vertx, config.host(), config.port(), LIMITS, overload);
        Router router =
                new RouteTable(vertx, new AdminGuard(config, sessions), audit, accounts, made.watch()).router(routes);
        server = made;
        return made.listen(AdminVerticle::headers, router).onSuccess(listening -> port = listening);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.stop(DRAIN);
    }

    /** The port that it listens on, once it is deployed. Any thread. */
    public int port() {
        return port;
    }

    /** Where that is, once it is deployed: host as configured, and port. Any thread. */
    public String address() {
        return (config.host().contains(":") ? "[" + config.host() + "]" : config.host()) + ":" + port;
    }

    private static void headers(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
