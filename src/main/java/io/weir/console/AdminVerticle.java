package io.weir.console;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.http.ConnectionWatch;
import io.weir.http.EarlyAnswer;
import io.weir.http.Servers;
import io.weir.http.StrictHttp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the admin port: {@code /live} and {@code /ready} for a balancer, open; {@code /health} and {@code /metrics} for
 * the operator, behind the admin token where one is set. One instance.
 */
public final class AdminVerticle extends VerticleBase {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final AdminConfig config;
    private final Sources sources;
    private final AtomicInteger actualPort;
    private @Nullable HttpServer server;

    /**
     * Made on any thread.
     *
     * @param actualPort is told the port that it listens on
     */
    public AdminVerticle(AdminConfig config, Sources sources, AtomicInteger actualPort) {
        this.config = config;
        this.sources = sources;
        this.actualPort = actualPort;
    }

    /**
     * Where the answers come from; any thread, without waiting.
     *
     * @param ready whether a balancer should send pushes here
     * @param health what an operator wants to know; no secret in it
     * @param metrics in Prometheus' text format
     */
    public record Sources(BooleanSupplier ready, Supplier<JsonObject> health, Supplier<String> metrics) {}

    @Override
    public Future<?> start() {
        HttpServer made = StrictHttp.on(vertx.createHttpServer(Servers.options(config.host(), config.port())));
        ConnectionWatch watch = ConnectionWatch.on(made, vertx, ConnectionWatch.Limits.DEFAULT);
        Router router = router();
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
        if (StrictHttp.problem(request).isPresent()) {
            EarlyAnswer.end(vertx, request, 400);
        } else {
            router.handle(request);
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.get("/live").handler(context -> text(context, 200, "live"));
        router.get("/ready").handler(this::ready);
        router.get("/health").handler(this::authorize).handler(this::health);
        router.get("/metrics")
                .handler(this::authorize)
                .handler(context -> text(context, 200, sources.metrics().get()));
        for (int status : new int[] {400, 404, 405, 500}) {
            router.errorHandler(status, context -> EarlyAnswer.end(vertx, context.request(), status));
        }
        return router;
    }

    private void ready(RoutingContext context) {
        boolean ready = sources.ready().getAsBoolean();
        text(context, ready ? 200 : 503, ready ? "ready" : "not ready");
    }

    private void health(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(sources.health().get().encodePrettily() + "\n");
    }

    private void authorize(RoutingContext context) {
        if (isAuthorized(context)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("title", "The admin token is needed")
                        .put("status", 401)
                        .put("detail", "Send the header Authorization: Bearer with the value of admin.token.")
                        .encode());
    }

    private boolean isAuthorized(RoutingContext context) {
        String given = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return config.token()
                .map(token -> given != null && isEqual(given, "Bearer " + token.reveal()))
                .orElse(true);
    }

    private static boolean isEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static void text(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body + "\n");
    }
}
