package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.weir.backend.BackendConfig.Dialect;
import io.weir.backend.BackendConfig.Json;
import io.weir.backend.BackendConfig.Tls;
import io.weir.backend.BackendException.Kind;
import io.weir.client.LogCapture;
import io.weir.config.Secret;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Samples;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendClientTest {
    private static final Dialect JSON = new Json(List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(600);
    private static final Delivery<?> CLICK = Deliveries.of(Samples.event("CLICK", "<EventKey>K</EventKey>"));
    private static final Delivery<?> VIEW = Deliveries.of(Samples.event("VIEW", "<EventKey>K</EventKey>"));

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LogCapture log = LogCapture.of("io.weir.backend.BackendClient");

    @AfterEach
    void close() {
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void bringsTheReply() {
        BackendClient client = client(serve(request -> json(request, "{\"text\":\"hi\"}")));

        assertThat(join(ask(client, CLICK))).isEqualTo(Reply.text("hi"));
        assertThat(count("reply")).isEqualTo(1);
    }

    @Test
    void postsToThePathAndKeepsTheQueryOfTheUrl() {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        int port = serve(request -> request.body().onSuccess(body -> {
            asked.add(request.method() + " " + request.uri() + " " + new JsonObject(body).getString("id"));
            request.response().setStatusCode(204).end();
        }));

        Reply reply = join(ask(client("http://127.0.0.1:" + port + "/a?b=c"), CLICK));

        assertThat(reply).isEqualTo(Reply.NONE);
        assertThat(asked).containsExactly("POST /a?b=c AAECAwQFBgcICQoLDA0ODw");
        assertThat(count("none")).isEqualTo(1);
    }

    @Test
    void passesOnWhatAProxyCallsTheRequestBy() {
        BlockingQueue<String> traces = new LinkedBlockingQueue<>();
        int port = serve(request -> {
            traces.add(String.valueOf(request.getHeader("traceparent")));
            json(request, "{\"none\":true}");
        });

        join(ask(client(port), CLICK));

        assertThat(traces).containsExactly(Deliveries.TRACEPARENT);
    }

    @Test
    void keepsItsConnections() {
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        int port = serve(request -> {
            connections.add(request.connection());
            json(request, "{\"none\":true}");
        });
        BackendClient client = client(port);

        for (int i = 0; i < 5; i++) {
            join(ask(client, CLICK));
        }

        assertThat(connections).hasSize(1);
    }

    /** A server may close a connection that lies idle just when a request goes out on it. */
    @Test
    void asksAgainWhenAKeptConnectionTurnsOutToBeClosed() {
        AtomicInteger asked = new AtomicInteger();
        int port = serve(request -> {
            if (asked.incrementAndGet() == 2) {
                request.connection().close();
            } else {
                json(request, "{\"text\":\"hi\"}");
            }
        });
        BackendClient client = client(port);
        join(ask(client, CLICK));

        assertThat(join(ask(client, CLICK))).isEqualTo(Reply.text("hi"));
        assertThat(asked).hasValue(3);
    }

    @Test
    void asksOnceWhenAFreshConnectionIsClosed() {
        AtomicInteger asked = new AtomicInteger();
        int port = serve(request -> {
            asked.incrementAndGet();
            request.connection().close();
        });

        assertFails(client(port), Kind.UNREACHABLE);
        assertThat(asked).hasValue(1);
    }

    /** What a backend may do wrong, and what that is called. */
    @SuppressWarnings("ImmutableEnumChecker") // what they do is without state
    enum Wrong {
        HANGS(Kind.TIMEOUT, request -> {}),
        NEVER_ENDS(Kind.TIMEOUT, request -> drip(request, 1)),
        NEVER_ENDS_QUICKLY(Kind.TOO_LARGE, request -> drip(request, 8_192)),
        DECLARES_TOO_MUCH(
                Kind.TOO_LARGE, request -> typed(request, "application/json").end("\"" + "x".repeat(64 * 1024) + "\"")),
        FAILS(Kind.STATUS, request -> request.response().setStatusCode(500).end()),
        FAILS_AT_LENGTH(
                Kind.STATUS, request -> request.response().setStatusCode(502).end("x".repeat(200_000))),
        REDIRECTS(
                Kind.STATUS,
                request -> request.response()
                        .setStatusCode(302)
                        .putHeader("location", "/elsewhere")
                        .end()),
        ACCEPTS(Kind.STATUS, request -> request.response().setStatusCode(202).end()),
        SHOWS_A_LOGIN_PAGE(Kind.TYPE, request -> typed(request, "text/html").end("<html>Log in</html>")),
        SAYS_NOTHING_OF_ITS_TYPE(Kind.TYPE, request -> request.response().end("{\"text\":\"hi\"}")),
        COMPRESSES(
                Kind.TYPE,
                request -> typed(request, "application/json")
                        .putHeader("content-encoding", "gzip")
                        .end(Buffer.buffer(new byte[] {0x1f, (byte) 0x8b, 8, 0}))),
        WRITES_NO_JSON(Kind.UNREADABLE, request -> json(request, "{")),
        WRITES_A_KEY_TWICE(Kind.UNREADABLE, request -> json(request, "{\"text\":\"a\",\"text\":\"b\"}")),
        WRITES_FIELDS_OF_ANOTHER_KIND(Kind.UNREADABLE, request -> json(request, "{\"text\":\"a\",\"url\":\"b\"}")),
        HANDS_AN_EVENT_OVER(Kind.NOT_PERMITTED, request -> json(request, "{\"transferToService\":{}}"));

        private final Kind kind;
        private final Handler<HttpServerRequest> answer;

        Wrong(Kind kind, Handler<HttpServerRequest> answer) {
            this.kind = kind;
            this.answer = answer;
        }

        private static void drip(HttpServerRequest request, int bytes) {
            HttpServerResponse response = typed(request, "application/json").setChunked(true);
            Vertx.currentContext().owner().setPeriodic(5, timer -> response.write(" ".repeat(bytes)));
        }
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void givesNoReplyOf(Wrong wrong) {
        Duration timeout = wrong.kind == Kind.TIMEOUT ? SHORT_TIMEOUT : TIMEOUT;
        BackendConfig config =
                new BackendConfig("shop", url(serve(wrong.answer)), JSON, timeout, 5, Set.of(), Tls.DEFAULT);

        assertFails(client(config), wrong.kind);
    }

    @Test
    void givesNoReplyOfWhatIsNotThere() {
        assertFails(client(1), Kind.UNREACHABLE);
        assertFails(client("http://no-such-host.invalid/"), Kind.UNREACHABLE);
    }

    @Test
    void givesNoReplyOfWhatSpeaksNoHttp() {
        NetServer server = vertx.createNetServer().connectHandler(socket -> socket.write("220 mail\r\n\r\n"));
        int port = join(server.listen(0, "127.0.0.1")).actualPort();

        assertFails(client(port), Kind.UNREACHABLE);
    }

    @Test
    void asksNoMoreAfterTenFailuresInARow() {
        AtomicInteger asked = new AtomicInteger();
        BackendClient client = client(serve(request -> {
            asked.incrementAndGet();
            request.response().setStatusCode(500).end();
        }));

        for (int i = 0; i < 10; i++) {
            assertFails(client, Kind.STATUS);
        }
        assertFails(client, Kind.CIRCUIT_OPEN);

        assertThat(asked).hasValue(10);
        assertThat(count("circuit_open")).isEqualTo(1);
        assertThat(count("status")).isEqualTo(10);
        assertThat(log.lines())
                .containsExactly("WARN backend gives no reply [backend=\"shop\", fault=\"status\","
                        + " error=\"expected status 200 or 204, found 500\"]");
    }

    @Test
    void keepsAskingABackendWhoseAnswersAreWrong() {
        BackendClient client = client(serve(request -> json(request, "{}")));

        for (int i = 0; i < 12; i++) {
            assertFails(client, Kind.UNREADABLE);
        }
    }

    @Test
    void hasOnlySoManyRequestsInFlight() {
        List<HttpServerRequest> open = new ArrayList<>();
        Promise<Void> both = Promise.promise();
        BackendClient client = client(new BackendConfig(
                "shop",
                url(serve(request -> {
                    open.add(request);
                    if (open.size() == 2) {
                        both.complete();
                    }
                })),
                JSON,
                Duration.ofSeconds(20),
                2,
                Set.of(),
                Tls.DEFAULT));

        Future<Reply> first = ask(client, CLICK);
        Future<Reply> second = ask(client, CLICK);
        join(both.future());

        assertFails(client, Kind.TOO_MANY);
        loop.runOnContext(run -> open.forEach(request -> json(request, "{\"text\":\"hi\"}")));
        assertThat(join(first)).isEqualTo(Reply.text("hi"));
        assertThat(join(second)).isEqualTo(Reply.text("hi"));
    }

    @Test
    void takesAnyAnswerToAKindThatTakesNone() {
        BackendClient client =
                client(serve(request -> request.response().setStatusCode(202).end("<html>")));

        assertThat(join(ask(client, VIEW))).isEqualTo(Reply.NONE);
    }

    @Test
    void sendsCopies() {
        BackendClient client = client(new BackendConfig(
                "shop",
                url(serve(request -> request.response().setStatusCode(202).end())),
                JSON,
                TIMEOUT,
                5,
                Set.of(PushType.CLICK),
                Tls.DEFAULT));

        Promise<Void> sent = Promise.promise();
        loop.runOnContext(run -> client.copy("shop", CLICK).onComplete(sent));

        join(sent.future());
        assertThat(metrics.get("weir.backend.copies")
                        .tag("outcome", "sent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void assertFails(BackendClient client, Kind kind) {
        try {
            Reply reply = join(ask(client, CLICK));
            throw new AssertionError("answered " + reply);
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(kind));
        }
    }

    private Future<Reply> ask(BackendClient client, Delivery<?> delivery) {
        Promise<Reply> reply = Promise.promise();
        loop.runOnContext(run -> client.ask("shop", delivery).onComplete(reply));
        return reply.future();
    }

    private double count(String outcome) {
        Counter counter = metrics.get("weir.backend.requests")
                .tag("backend", "shop")
                .tag("outcome", outcome)
                .counter();
        return counter.count();
    }

    private int serve(Handler<HttpServerRequest> answer) {
        Promise<HttpServer> listening = Promise.promise();
        loop.runOnContext(run -> vertx.createHttpServer()
                .requestHandler(answer)
                .listen(0, "localhost")
                .onComplete(listening));
        return join(listening.future()).actualPort();
    }

    private static void json(HttpServerRequest request, String body) {
        typed(request, "application/json; charset=utf-8").end(body);
    }

    private static HttpServerResponse typed(HttpServerRequest request, String type) {
        return request.response().putHeader("content-type", type);
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private BackendClient client(int port) {
        return client("http://127.0.0.1:" + port + "/");
    }

    private BackendClient client(String url) {
        return client(new BackendConfig("shop", URI.create(url), JSON, TIMEOUT, 5, Set.of(), Tls.DEFAULT));
    }

    private BackendClient client(BackendConfig config) {
        return new BackendClient(vertx, List.of(config), Map.of(), metrics, Clock.systemUTC(), bytes -> {});
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
