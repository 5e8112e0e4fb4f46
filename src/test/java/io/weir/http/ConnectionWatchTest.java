package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import io.weir.http.ConnectionWatch.Limits;
import io.weir.redis.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class ConnectionWatchTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long LARGE = 10_000_000;
    private static final String REQUEST = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final OverloadRefusals refusals = new OverloadRefusals(metrics, "test");

    @Test
    void leavesStreamsOpenForAsLongAsTheyLast(Vertx vertx) throws IOException {
        HttpServer server = vertx.createHttpServer();
        ConnectionWatch watch = ConnectionWatch.on(server, vertx, new Limits(SHORT, SHORT, SHORT, 10, LARGE), refusals);
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
    void countsConnectionsAsLongAsTheyAreOpen(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, LARGE));

        try (RawHttp one = new RawHttp(port);
                RawHttp other = new RawHttp(port)) {
            one.send(REQUEST);
            other.send(REQUEST);
            Await.until("both are there", () -> open() == 2);
        }

        Await.until("both are gone", () -> open() == 0);
    }

    private double open() {
        return metrics.get("weir.connections").tag("port", "test").gauge().value();
    }

    @Test
    void closesConnectionWhoseRequestNeverBegins(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void closesConnectionWhoseHeadStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nX").untilClosed())
                    .isEmpty();
        }
    }

    @Test
    void closesConnectionWhoseBodyStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                            .untilClosed())
                    .isEmpty();
        }
    }

    @Test
    void closesKeptConnectionWithoutAnotherRequest(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, SHORT, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
                            .response())
                    .startsWith("HTTP/1.1 200");
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void closesKeptConnectionWhoseNextHeadStopsHalfWay(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(SHORT, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(http.response()).startsWith("HTTP/1.1 200");
            assertThat(http.send("POST /a HTTP/1.1\r\nHo").untilClosed()).isEmpty();
        }
    }

    @Test
    void servesSeveralRequestsOnOneConnection(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 3; i++) {
                http.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(http.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void turnsConnectionsAwayAboveTheLimitWhileAllAreBusyAndTakesThemAgainBelow(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 1, LARGE));

        try (RawHttp first = new RawHttp(port)) {
            first.send("POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na");
            eventually(() -> unanswered.get() == 1);
            eventually(() -> {
                try (RawHttp second = new RawHttp(port)) {
                    return second.isClosedByServer();
                }
            });
        }
        eventually(() -> {
            try (RawHttp third = new RawHttp(port)) {
                return third.send(REQUEST).response().startsWith("HTTP/1.1 200");
            }
        });
        assertThat(refused("connections")).isPositive();
    }

    @Test
    void closesAnIdleConnectionForANewOneAtTheLimit(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 2, LARGE));

        try (RawHttp served = new RawHttp(port);
                RawHttp silent = new RawHttp(port)) {
            assertThat(served.send(REQUEST).response()).startsWith("HTTP/1.1 200");
            try (RawHttp third = new RawHttp(port)) {
                assertThat(third.send(REQUEST).response()).startsWith("HTTP/1.1 200");
            }
            assertThat(silent.untilClosed()).isEmpty();
        }
        assertThat(refused("connections")).isPositive();
    }

    @Test
    void answers503ToTheBodyThatHasBeenWaitedForLongest(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 26_000));

        try (RawHttp oldest = new RawHttp(port);
                RawHttp newest = new RawHttp(port)) {
            oldest.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
            newest.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nX: " + "x".repeat(7_000));

            assertThat(oldest.untilClosed()).startsWith("HTTP/1.1 503").contains("connection: close");
            assertThat(newest.send("\r\n\r\na").response()).startsWith("HTTP/1.1 200");
        }
        assertThat(refused("bytes")).isEqualTo(1);
    }

    @Test
    void letsAConnectionThatHasJustBeenOpenedSendItsRequest(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 36_000));

        try (RawHttp opened = new RawHttp(port);
                RawHttp first = new RawHttp(port);
                RawHttp second = new RawHttp(port)) {
            first.send("POST /a HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(7_000));
            second.send("POST /a HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(7_000));

            assertThat(first.untilClosed()).startsWith("HTTP/1.1 503");
            assertThat(opened.send(REQUEST).response()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answers503ToAHeadThatHasNoRoomBesideThoseBeforeIt(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 18_000));

        try (RawHttp first = new RawHttp(port)) {
            assertThat(first.send("POST /a HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(7_000))
                            .untilClosed())
                    .startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void letsWholeRequestsWaitForTheirAnswersWhereUnfinishedOnesWouldHaveNoRoom(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 18_000));

        try (RawHttp busy = new RawHttp(port);
                RawHttp next = new RawHttp(port)) {
            busy.send(request("/never"));
            eventually(() -> unanswered.get() == 1);

            assertThat(next.send(request("/a")).response()).startsWith("HTTP/1.1 200");
        }
        assertThat(refused("bytes")).isZero();
    }

    @Test
    void answers503ToARequestThatHasNoRoomBesideThoseThatAreAnswered(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 18_000));

        try (RawHttp one = new RawHttp(port);
                RawHttp two = new RawHttp(port);
                RawHttp next = new RawHttp(port)) {
            one.send(request("/never"));
            two.send(request("/never"));
            eventually(() -> unanswered.get() == 2);

            assertThat(next.send(request("/a")).untilClosed()).startsWith("HTTP/1.1 503");
        }
        assertThat(refused("bytes")).isPositive();
    }

    private static String request(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nX: " + "x".repeat(500) + "\r\n\r\na";
    }

    @Test
    void closesAConnectionWithManyRequestsThatWaitForTheAnswerToTheFirst(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            http.send("POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na" + REQUEST.repeat(20));
            assertThat(http.untilClosed()).isEmpty();
        }
        assertThat(refused("pipelining")).isEqualTo(1);
    }

    @Test
    void answersManyRequestsInOneWriteWhereEachIsAnsweredAtOnce(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, LARGE));

        try (RawHttp http = new RawHttp(port)) {
            http.send(REQUEST.repeat(2_000));
            for (int i = 0; i < 2_000; i++) {
                assertThat(http.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void givesTheRoomBackWithEachAnswer(Vertx vertx) throws IOException {
        int port = serve(vertx, new Limits(LONG, LONG, LONG, 10, 18_000));

        for (int i = 0; i < 100; i++) {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send(REQUEST).response()).startsWith("HTTP/1.1 200");
                assertThat(http.send(REQUEST).response()).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(refused("bytes")).isZero();
    }

    private static void eventually(Callable<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private double refused(String policy) {
        Counter counter =
                metrics.find("weir.overload.refusals").tag("policy", policy).counter();
        return counter == null ? 0 : counter.count();
    }

    private int serve(Vertx vertx, Limits limits) {
        HttpServer server = vertx.createHttpServer(ServerShell.options("127.0.0.1", 0));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.runOnContext(start -> {
            ConnectionWatch watch = ConnectionWatch.on(server, vertx, limits, refusals);
            server.requestHandler(request -> {
                        if (!watch.received(request)) {
                            return;
                        }
                        BoundedBody.read(vertx, request, 100, body -> {
                            watch.complete(request);
                            if (request.path().equals("/never")) {
                                unanswered.incrementAndGet();
                            } else {
                                request.response().end(body);
                            }
                        });
                    })
                    .listen()
                    .onSuccess(listening -> port.complete(listening.actualPort()));
        });
        return port.join();
    }
}
