package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.weir.client.LogCapture;
import io.weir.http.ConnectionWatch.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcceptLimitTest {
    private static final int MOST = 4;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final OverloadRefusals refusals = new OverloadRefusals(metrics, "test");

    @Test
    void acceptsAConnectionBeyondTheLimitWhenAnotherHasClosed() throws IOException {
        Vertx vertx = Vertx.builder().withTransport(AcceptLimit.transport(MOST)).build();
        AtomicInteger opened = new AtomicInteger();
        HttpServer server = vertx.createHttpServer(ServerShell.options("127.0.0.1", 0))
                .connectionHandler(each -> opened.incrementAndGet());
        server.requestHandler(request -> request.response().end("here"));
        int port = listen(server);
        List<RawHttp> first = new ArrayList<>();

        for (int i = 0; i < MOST; i++) {
            RawHttp http = new RawHttp(port);
            first.add(http);
            assertThat(http.send(REQUEST).response()).contains("here");
        }
        try (RawHttp next = new RawHttp(port)) {
            next.send(REQUEST);
            assertThat(opened).hasValue(MOST);
            first.get(0).close();
            assertThat(next.response()).contains("here");
        }

        for (RawHttp each : first) {
            each.close();
        }
        close(vertx);
    }

    @Test
    void letsEveryConnectionOfABurstMakeWayForTheNext() throws IOException {
        Vertx vertx = Vertx.builder().withTransport(AcceptLimit.transport(MOST)).build();
        HttpServer server = vertx.createHttpServer(ServerShell.options("127.0.0.1", 0));
        Limits limits = new Limits(LONG, LONG, LONG, MOST - 2, 10_000_000);
        ConnectionWatch watch = ConnectionWatch.on(server, vertx, limits, refusals);
        server.requestHandler(request -> {
            if (watch.received(request)) {
                watch.complete(request);
                request.response().end("here");
            }
        });
        int port = listen(server);
        List<RawHttp> burst = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            burst.add(new RawHttp(port));
        }

        try (RawHttp last = new RawHttp(port)) {
            assertThat(last.send(REQUEST).response()).contains("here");
        }

        for (RawHttp each : burst) {
            each.close();
        }
        close(vertx);
    }

    @Test
    void pausesAndTellsOnceWhenNoFileCanBeOpened() {
        EmbeddedChannel channel = new EmbeddedChannel(new AcceptLimit(new AtomicInteger(), MOST));
        IOException noFile = new IOException("Too many open files");
        try (LogCapture log = LogCapture.of("io.weir.http")) {
            channel.freezeTime();
            for (int i = 0; i < 20; i++) {
                channel.pipeline().fireExceptionCaught(noFile);
                assertThat(channel.config().isAutoRead()).isFalse();
                pass(channel, 100);
                assertThat(channel.config().isAutoRead()).isTrue();
            }
            assertThat(log.events()).hasSize(1);
            assertThat(log.text(0)).contains("connections cannot be accepted", "Too many open files", "ulimit -n");

            for (int i = 0; i < 10; i++) {
                pass(channel, 1_000);
            }
            assertThat(log.events())
                    .extracting(ILoggingEvent::getMessage)
                    .containsExactly("connections cannot be accepted", "connections can be accepted again");
        }
        channel.checkException();
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static int listen(HttpServer server) {
        return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private static void close(Vertx vertx) {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
