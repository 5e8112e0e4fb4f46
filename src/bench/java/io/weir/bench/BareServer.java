package io.weir.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/**
 * The least that a Vert.x server can do with a push: reads the body and answers a constant, which is as long as a reply.
 * One instance per event loop and one loop per core, as Weir has them.
 */
public final class BareServer extends VerticleBase {
    /** What it answers to everything. */
    static final String ANSWER = Account.reply("o-bare-000000000000000000000", Account.answer(Account.KEYS.get(0)));

    private static final int LOOPS = Runtime.getRuntime().availableProcessors();
    private static final Buffer BODY = Buffer.buffer(ANSWER);

    private final int port;

    private BareServer(int port) {
        this.port = port;
    }

    /** Runs until it is killed. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS))
                .deployVerticle(() -> new BareServer(port), new DeploymentOptions().setInstances(LOOPS))
                .await();
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(port).setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "text/xml; charset=utf-8")
                                .end(BODY)))
                .listen();
    }
}
