package io.weir.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;

/**
 * The least that a Vert.x server can do to have a push answered by another: reads the body, posts it and hands on what it is
 * answered. One instance per event loop and one loop per core, each with its own connections, as Weir has them.
 */
public final class BareProxy extends VerticleBase {
    /** What the backend answers to everything: the right reply to the button of {@link Traffic#ONE_KEY}. */
    static final String ANSWER = "{\"text\": \"" + Account.answer(Traffic.ONE_KEY.key(0)) + "\"}";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String JSON = "application/json";
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();
    /** As a backend's {@code maxInFlight} in Weir. */
    private static final int CONNECTIONS = 200;

    private final int port;
    private final int backend;

    private BareProxy(int port, int backend) {
        this.port = port;
        this.backend = backend;
    }

    /** Runs until it is killed. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int backend = Integer.parseInt(args[1]);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS))
                .deployVerticle(() -> new BareProxy(port, backend), new DeploymentOptions().setInstances(LOOPS))
                .await();
    }

    /** Starts the backend of proxies, in this process, whose CPU time is no server's; its port. */
    static int startBackend() {
        Buffer body = Buffer.buffer(ANSWER);
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                .createHttpServer(new HttpServerOptions().setHost(LOOPBACK).setPort(0))
                .requestHandler(request -> request.body()
                        .onSuccess(push -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                                .end(body)))
                .listen()
                .await()
                .actualPort();
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setHost(LOOPBACK).setPort(port).setHttp2ClearTextEnabled(false);
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        return vertx.createHttpServer(options)
                .requestHandler(request -> answer(request, client))
                .listen();
    }

    private void answer(HttpServerRequest request, HttpClient client) {
        request.body()
                .compose(push -> client.request(HttpMethod.POST, backend, LOOPBACK, "/")
                        .compose(post -> post.putHeader(HttpHeaders.CONTENT_TYPE, "text/xml")
                                .send(push)))
                .compose(HttpClientResponse::body)
                .onSuccess(answer -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(answer))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }
}
