package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Small real servers on a free port of 127.0.0.1 that stand for a gateway, good and bad ones. */
public final class Gateways {
    private Gateways() {}

    /** Answers each push, after its body has come, as {@code answer} does. */
    public static URI http(Vertx vertx, BiConsumer<Buffer, HttpServerResponse> answer) {
        return await(vertx.createHttpServer()
                .requestHandler(request -> answered(request, answer))
                .listen(0, "127.0.0.1")
                .map(server -> url(server.actualPort())));
    }

    public static URI answering(Vertx vertx, String body) {
        return http(vertx, (push, response) -> response.end(body));
    }

    /**
     * Answers a GET with its echostr and a push with success when its signature was made with a Token, else 403.
     *
     * @param seen is told of each request, and whether it was taken
     */
    public static URI checking(Vertx vertx, String token, BiConsumer<HttpServerRequest, Boolean> seen) {
        return await(vertx.createHttpServer()
                .requestHandler(request -> {
                    String right = new MessageCrypto(bytes -> {})
                            .sign(token, request.getParam("timestamp"), request.getParam("nonce"));
                    boolean taken = right.equals(request.getParam("signature"));
                    seen.accept(request, taken);
                    request.response()
                            .setStatusCode(taken ? 200 : 403)
                            .end(taken ? request.getParam("echostr", "success") : "");
                })
                .listen(0, "127.0.0.1")
                .map(server -> url(server.actualPort())));
    }

    /** Takes connections and never says a word. */
    public static URI silent(Vertx vertx) {
        return http(vertx, (push, response) -> {});
    }

    /** Writes {@code bytes} to each connection when a request has come, then closes it. */
    public static URI raw(Vertx vertx, String bytes) {
        return await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> socket.end(Buffer.buffer(bytes))))
                .listen(0, "127.0.0.1")
                .map(server -> url(server.actualPort())));
    }

    /** Nobody listens there. */
    public static URI absent() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return url(free.getLocalPort());
        }
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void answered(HttpServerRequest request, BiConsumer<Buffer, HttpServerResponse> answer) {
        request.body().onSuccess(body -> answer.accept(body, request.response()));
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/wx/dev");
    }
}
