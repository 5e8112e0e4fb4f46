package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.junit5.VertxExtension;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WeChatHttpTest {
    private static final Call CALL = Call.get("/cgi-bin/menu/get");
    private static final Optional<Secret> TOKEN = Optional.of(Secret.of("80_a+b/c=&d"));
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private Vertx vertx;
    private FakeApi api;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        this.api = new FakeApi(vertx);
    }

    @Test
    void keepsThePathPrefixOfTheBaseUriAndEncodesTheQuery() throws Exception {
        api.answering("{}");

        Futures.get(http(URI.create(api.uri() + "/proxy/wx/")).send(CALL.with("type", "中 文"), TOKEN, LIMIT));

        assertThat(api.only().path()).isEqualTo("/proxy/wx/cgi-bin/menu/get");
        assertThat(api.only().query()).isEqualTo("access_token=80_a%2Bb%2Fc%3D%26d&type=%E4%B8%AD+%E6%96%87");
    }

    @Test
    void sendsRawUtf8() throws Exception {
        api.answering("{}");
        Call call = Call.post("/cgi-bin/menu/create", Json.object().put("name", "菜单😀"));

        Futures.get(http(api.uri()).send(call, TOKEN, LIMIT));

        assertThat(api.only().body()).isEqualTo("{\"name\":\"菜单😀\"}");
        assertThat(api.only().contentType()).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void handsOutTheAnswerWhateverItIs() throws Exception {
        api.then(FakeApi.bytes(503, "Text/HTML", Buffer.buffer("busy")));

        RawResponse answer = Futures.get(http(api.uri()).send(CALL, TOKEN, LIMIT));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(answer.body()).hasToString("busy");
    }

    @Test
    void followsNoRedirect() throws Exception {
        api.then(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", api.uri() + "/elsewhere")
                .end());

        assertThat(Futures.get(http(api.uri()).send(CALL, TOKEN, LIMIT)).status())
                .isEqualTo(302);
        assertThat(api.received()).hasSize(1);
    }

    @Test
    void isUnreachableWhereNobodyListens() throws Exception {
        WeChatException failure = Futures.failure(http(freePort()).send(CALL, TOKEN, LIMIT));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("/cgi-bin/menu/get")
                .hasMessageNotContaining("80_a");
    }

    @Test
    void isUnreachableUnderANameThatDoesNotExist() throws Exception {
        WeChatException failure =
                Futures.failure(http(URI.create("http://no-such-host.invalid")).send(CALL, TOKEN, LIMIT));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void isUnreachableWhereTheOtherSideSpeaksNoTls() throws Exception {
        URI https = URI.create(api.uri().toString().replace("http://", "https://"));

        assertThat(Futures.failure(http(https).send(CALL, TOKEN, LIMIT)).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void hasNoAnswerWhenTheTimeIsOver() throws Exception {
        api.then(request -> {});

        WeChatException failure = Futures.failure(http(api.uri()).send(CALL, TOKEN, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(failure).hasMessageContaining("300 ms").hasMessageNotContaining("80_a");
    }

    @Test
    void hasNoAnswerWhenTheConnectionEnds() throws Exception {
        api.then(request -> request.connection().close());

        assertThat(Futures.failure(http(api.uri()).send(CALL, TOKEN, LIMIT)).kind())
                .isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void hasNoAnswerWhenTheBodyBreaksOff() throws Exception {
        api.then(request -> request.response()
                .putHeader("Content-Length", "100")
                .write("{\"button\":")
                .onComplete(written -> request.connection().close()));

        assertThat(Futures.failure(http(api.uri()).send(CALL, TOKEN, LIMIT)).kind())
                .isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void endsTheConnectionOfAnAnswerThatDrips() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        api.then(request -> {
            request.connection().closeHandler(done -> closed.countDown());
            request.response().setChunked(true);
            vertx.setPeriodic(20, id -> request.response().write(" "));
        });

        WeChatException failure = Futures.failure(http(api.uri()).send(CALL, TOKEN, SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesNoAnswerOfMoreThanOneMebibyte() throws Exception {
        api.then(FakeApi.bytes(200, "application/json", Buffer.buffer(new byte[(1 << 20) + 1])));

        WeChatException failure = Futures.failure(http(api.uri()).send(CALL, TOKEN, LIMIT));

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure).hasMessageContaining("1048576 bytes");
    }

    @Test
    void takesFilesOfTwelveMebibytesAndNoLargerOnes() throws Exception {
        WeChatHttp http = http(api.uri());
        api.then(FakeApi.bytes(200, "video/mp4", Buffer.buffer(new byte[12 << 20])));
        api.then(FakeApi.bytes(200, "video/mp4", Buffer.buffer(new byte[(12 << 20) + 1])));

        assertThat(Futures.get(http.send(CALL.media(), TOKEN, LIMIT)).body().length())
                .isEqualTo(12 << 20);
        assertThat(Futures.failure(http.send(CALL.media(), TOKEN, LIMIT)).kind())
                .isEqualTo(Kind.GARBAGE);
    }

    @Test
    void sendsNothingOnceItHasWaitedForAConnectionTooLong() throws Exception {
        List<HttpServerRequest> held = new ArrayList<>();
        api.then(held::add).answering("{}");
        WeChatHttp http = http(api.uri(), 1, 10);

        Future<RawResponse> first = http.send(CALL, TOKEN, LIMIT);
        WeChatException second = Futures.failure(http.send(CALL, TOKEN, SHORT));

        assertThat(second.kind()).isEqualTo(Kind.UNREACHABLE);
        held.get(0).response().end("{}");
        Futures.get(first);
        Futures.get(http.send(CALL, TOKEN, LIMIT));
        assertThat(api.received()).hasSize(2);
    }

    @Test
    void refusesAtOnceWhatWouldWaitInATooLongQueue() throws Exception {
        api.then(request -> {});
        WeChatHttp http = http(api.uri(), 1, 1);

        CompletableFuture<Throwable> first = new CompletableFuture<>();
        List<Future<RawResponse>> calls =
                Stream.generate(() -> http.send(CALL, TOKEN, LIMIT)).limit(3).toList();
        calls.forEach(call -> call.onFailure(first::complete));
        Throwable refused = first.get(LIMIT.toSeconds() * 2, TimeUnit.SECONDS);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        WeChatException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));
        assertThat(refused).hasMessageContaining("too many calls wait already");
        assertThat(calls).as("one is on its way").anyMatch(call -> !call.isComplete());
    }

    private WeChatHttp http(URI baseUri) {
        return new WeChatHttp(vertx, new WeChatConfig(baseUri, LIMIT), WeChatHttp.POOL);
    }

    private WeChatHttp http(URI baseUri, int connections, int waiting) {
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(waiting);
        return new WeChatHttp(vertx, new WeChatConfig(baseUri, LIMIT), pool);
    }

    static URI freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
