package io.weir.receiver;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.dispatch.Deadline;
import io.weir.http.BoundedBody;
import io.weir.http.ConnectionWatch;
import io.weir.http.EarlyAnswer;
import io.weir.http.LoopStalls;
import io.weir.http.OverloadRefusals;
import io.weir.http.OverloadRefusals.Policy;
import io.weir.http.Servers;
import io.weir.http.StrictHttp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the public port: {@code GET} and {@code POST {path}/{account}}, nothing else. Non-blocking; one instance per
 * event loop, all on the same port.
 */
public final class ReceiverVerticle extends VerticleBase {
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final double HEAP_SHARE = 0.25;
    private static final double SHARE_OF_FILES = 0.75;

    /** For a push that may have waited for a process that stood still. */
    private static final Duration LEAST_TIME = Duration.ofMillis(250);
    /** In which the event loop sees that a peer has gone. */
    private static final long SEE_WHO_IS_LEFT_MILLIS = 5;

    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF_VALUE = HttpHeaders.createOptimized("nosniff");

    private final PushConfig config;
    private final Supplier<Door> doors;
    private final OverloadRefusals overload;
    private final AtomicInteger actualPort;
    private final BooleanSupplier staying;
    private volatile @Nullable HttpServer server;

    /**
     * Made on any thread.
     *
     * @param doors makes the door of this instance, on its event loop
     * @param overload counts what it turns away
     * @param actualPort is told the port that it listens on
     * @param staying whether clients may keep their connections; not while the gateway stops
     */
    public ReceiverVerticle(
            PushConfig config,
            Supplier<Door> doors,
            OverloadRefusals overload,
            AtomicInteger actualPort,
            BooleanSupplier staying) {
        this.config = config;
        this.doors = doors;
        this.overload = overload;
        this.actualPort = actualPort;
        this.staying = staying;
    }

    @Override
    public Future<?> start() {
        HttpServer made = StrictHttp.on(vertx.createHttpServer(Servers.options(config.host(), config.port())));
        ConnectionWatch.Limits limits =
                ConnectionWatch.Limits.of(HEAP_SHARE, SHARE_OF_FILES, context.getInstanceCount(), LONGEST_ANSWER);
        ConnectionWatch watch = ConnectionWatch.on(made, vertx, limits, overload);
        Router router = router(doors.get(), watch, LoopStalls.on(vertx));
        server = made;
        return made.requestHandler(request -> receive(request, watch, router))
                .listen()
                .onSuccess(listening -> actualPort.set(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return stopListening();
    }

    /** Takes no more requests and answers those that it has; the verticle goes on for what still runs. Any thread. */
    public Future<Void> stopListening() {
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.shutdown(DRAIN);
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

    private Router router(Door door, ConnectionWatch watch, LoopStalls stalls) {
        Router router = Router.router(vertx);
        // No path parameter: reading one would make the router decode the query, and answer one that it cannot with
        // 400.
        String path = config.path() + "/*";
        router.post(path).handler(context -> push(context, door, watch, stalls));
        router.get(path).handler(context -> verify(context, door));
        router.errorHandler(405, context -> {
            context.response().putHeader(HttpHeaders.ALLOW, "GET, POST");
            EarlyAnswer.end(vertx, context.request(), 405);
        });
        for (int status : new int[] {400, 404, 500}) {
            router.errorHandler(status, context -> EarlyAnswer.end(vertx, context.request(), status));
        }
        return router;
    }

    private void verify(RoutingContext context, Door door) {
        HttpServerRequest request = context.request();
        account(context, door)
                .ifPresent(account -> door.verify(account, query(request), peer(request))
                        .onSuccess(answer -> answer(request, answer)));
    }

    private void push(RoutingContext context, Door door, ConnectionWatch watch, LoopStalls stalls) {
        HttpServerRequest request = context.request();
        long now = System.nanoTime();
        long since = stalls.waitingSince(now);
        account(context, door)
                .ifPresent(account -> door.check(account, query(request), since, peer(request))
                        .ifPresentOrElse(
                                head -> BoundedBody.read(vertx, request, config.maxBodyBytes(), body -> {
                                    watch.complete(request);
                                    Runnable answering =
                                            () -> door.push(head, body.getBytes(), waiting(request, since, now))
                                                    .onSuccess(answer -> answer(request, answer));
                                    if (since == now) {
                                        answering.run();
                                    } else {
                                        unlessGone(request, answering);
                                    }
                                }),
                                () -> refuse(request)));
    }

    private Door.Waiting waiting(HttpServerRequest request, long since, long now) {
        long regular = since + config.deadline().toNanos();
        long least = now + LEAST_TIME.toNanos();
        return new Door.Waiting(
                since, new Deadline(regular - least < 0 ? least : regular), () -> isPresent(request.response()));
    }

    /** The second timer is set by the first, so that the event loop looks at its connections in between, however late it is. */
    private void unlessGone(HttpServerRequest request, Runnable answering) {
        vertx.setTimer(
                SEE_WHO_IS_LEFT_MILLIS,
                later -> vertx.setTimer(1, afterLooking -> {
                    if (isPresent(request.response())) {
                        answering.run();
                    } else {
                        overload.count(Policy.GONE);
                    }
                }));
    }

    /** A body that has come with its head is passed over and the connection kept; one that has not is not waited for. */
    private void refuse(HttpServerRequest request) {
        request.exceptionHandler(broken -> EarlyAnswer.end(vertx, request, 400));
        request.endHandler(whole -> answer(request, Answer.REFUSED));
        context.runOnContext(afterThisRead -> EarlyAnswer.end(vertx, request, Answer.REFUSED.status()));
    }

    private Optional<Account> account(RoutingContext context, Door door) {
        // The router also lets an encoded or not normalised path through; WeChat calls the URL as it was registered.
        String prefix = config.path() + "/";
        String path = String.valueOf(context.request().path());
        String name = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
        Optional<Account> account = door.account(name, path, peer(context.request()));
        if (account.isEmpty()) {
            EarlyAnswer.end(vertx, context.request(), 404);
        }
        return account;
    }

    private static boolean isPresent(HttpServerResponse response) {
        return !response.closed() && !response.ended();
    }

    private void answer(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (!isPresent(response)) {
            return;
        }
        if (answer.equals(Answer.LAPSED)) {
            request.connection().close();
            return;
        }
        response.setStatusCode(answer.status());
        if (!staying.getAsBoolean()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (!answer.contentType().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
            response.putHeader(NO_SNIFF, NO_SNIFF_VALUE);
        }
        response.end(answer.body());
    }

    private static String query(HttpServerRequest request) {
        String query = request.query();
        return query == null ? "" : query;
    }

    private static Supplier<String> peer(HttpServerRequest request) {
        // Kept longer than the request: holds nothing else of it.
        SocketAddress address = request.remoteAddress();
        return () -> String.valueOf(address);
    }
}
