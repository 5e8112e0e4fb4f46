package io.weir;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;

/** A web server whose file never ends; it closes with its Vert.x. */
final class SimulatedWeb {
    private static final Buffer PIECE = Buffer.buffer(new byte[1 << 16]);

    private final HttpServer server;

    SimulatedWeb(Vertx vertx) {
        this.server = SimulatedShop.join(vertx.createHttpServer()
                .requestHandler(request -> send(request.response().setChunked(true)))
                .listen(0, "127.0.0.1"));
    }

    String endless() {
        return "http://127.0.0.1:" + server.actualPort() + "/endless.mp4";
    }

    private static void send(HttpServerResponse response) {
        response.write(PIECE).onSuccess(written -> send(response));
    }
}
