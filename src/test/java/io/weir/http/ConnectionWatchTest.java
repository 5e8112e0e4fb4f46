package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import io.weir.http.ConnectionWatch.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ConnectionWatchTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void leavesStreamsOpenForAsLongAsTheyLast(Vertx vertx) throws IOException {
        HttpServer server = vertx.createHttpServer();
        ConnectionWatch watch = ConnectionWatch.on(server, vertx, new Limits(SHORT, SHORT, SHORT, 10));
        server.requestHandler(request -> {
            watch.received(request);
            watch.complete(request);
            if (request.path().equals("/stream")) {
                watch.stream(request);
            }
            request.response().setChunked(true).write("begins");
            vertx.setTimer(3_500, late -> request.response().end("ends"));
        });
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();

        try (RawHttp stream = new RawHttp(port);
                RawHttp slow = new RawHttp(port)) {
            stream.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
            slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(slow.untilClosed()).contains("begins").doesNotContain("ends");
            assertThat(stream.untilClosed()).contains("begins", "ends");
        }
    }

    @Test
    void closesConnectionWhoseRequestNeverBegins(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void closesConnectionWhoseHeadStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nX").untilClosed())
                    .isEmpty();
        }
    }

    @Test
    void closesConnectionWhoseBodyStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                            .untilClosed())
                    .isEmpty();
        }
    }

    @Test
    void closesKeptConnectionWithoutAnotherRequest(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, SHORT, LONG, 10));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
                            .response())
                    .startsWith("HTTP/1.1 200");
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void closesKeptConnectionWhoseNextHeadStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10));

        try (RawHttp http = new RawHttp(port)) {
            http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(http.response()).startsWith("HTTP/1.1 200");
            assertThat(http.send("POST /a HTTP/1.1\r\nHo").untilClosed()).isEmpty();
        }
    }

    @Test
    void servesSeveralRequestsOnOneConnection(Vertx vertx) throws IOException {
        int port = serve(vertx, Limits.DEFAULT);

        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 3; i++) {
                http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(http.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void turnsConnectionsAwayAboveTheLimitAndTakesThemAgainBelow(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 1));

        try (RawHttp first = new RawHttp(port)) {
            assertThat(first.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
                            .response())
                    .startsWith("HTTP/1.1 200");
            try (RawHttp second = new RawHttp(port)) {
                assertThat(second.untilClosed()).isEmpty();
            }
        }
        String response = "";
        for (int attempt = 0; attempt < 1_000 && !response.startsWith("HTTP/1.1 200"); attempt++) {
            try (RawHttp third = new RawHttp(port)) {
                response = third.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
                        .response();
            }
        }
        assertThat(response).startsWith("HTTP/1.1 200");
    }

    private static int serve(Vertx vertx, Limits limits) {
        HttpServer server = vertx.createHttpServer(Servers.options("127.0.0.1", 0));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.runOnContext(start -> {
            ConnectionWatch watch = ConnectionWatch.on(server, vertx, limits);
            server.requestHandler(request -> {
                        watch.received(request);
                        BoundedBody.read(vertx, request, 100, body -> {
                            watch.complete(request);
                            request.response().end(body);
                        });
                    })
                    .listen()
                    .onSuccess(listening -> port.complete(listening.actualPort()));
        });
        return port.join();
    }
}
