package io.weir.console;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.weir.http.ConnectionWatch;
import io.weir.http.EarlyAnswer;
import io.weir.http.OverloadRefusals;
import io.weir.http.Servers;
import io.weir.http.StrictHttp;
import io.weir.http.api.ApiRoute;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger actualPort;
    private @Nullable HttpServer server;

    /**
     * Made on any thread.
     *
     * @param sessions who has logged in
     * @param accounts the names that may stand in a path
     * @param routes those of all rooms
     * @param overload counts what it turns away
     * @param actualPort is told the port that it listens on
     */
    public AdminVerticle(
            AdminConfig config,
            Sessions sessions,
            Set<String> accounts,
            List<ApiRoute> routes,
            OverloadRefusals overload,
            AtomicInteger actualPort) {
        this.config = config;
        this.sessions = sessions;
        this.accounts = Set.copyOf(accounts);
        this.routes = List.copyOf(routes);
        this.overload = overload;
        this.actualPort = actualPort;
    }

    @Override
    public Future<?> start() {
        HttpServer made = StrictHttp.on(vertx.createHttpServer(Servers.options(config.host(), config.port())));
        ConnectionWatch watch = ConnectionWatch.on(made, vertx, LIMITS, overload);
        Router router = new RouteTable(vertx, new AdminGuard(config, sessions), accounts, watch).router(routes);
        server = made;
        return made.requestHandler(request -> receive(request, watch, router))
                .listen()
                .onSuccess(listening -> actualPort.set(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(DRAIN);
    }

    private void receive(HttpServerRequest request, ConnectionWatch watch, Router router) {
        if (!watch.received(request)) {
            return;
        }
        request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (StrictHttp.problem(request).isPresent()) {
            EarlyAnswer.end(vertx, request, 400);
        } else {
            router.handle(request);
        }
    }
}
