package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import io.weir.client.Call.Repeat;
import io.weir.client.WeChatClient.ApiPause;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WeChatClientTest {
    private static final String BUSY = "{\"errcode\":-1,\"errmsg\":\"system error\"}";
    private static final String EXPIRED = "{\"errcode\":42001,\"errmsg\":\"access_token expired\"}";
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    private static final Call SAFE = Call.get("/cgi-bin/menu/get");
    private static final Call ORDER = Call.post("/cgi-bin/menu/create", Json.object());

    private Vertx vertx;
    private FakeApi api;
    private TestClient test;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        this.api = new FakeApi(vertx);
        this.test = new TestClient(vertx, api.uri());
    }

    @Test
    void callsWithTheTokenOfTheAccount() throws Exception {
        api.answering("{\"menuid\":430000002430000002430000002}");

        JsonNode answer = Futures.get(test.client.call(
                "main",
                HttpMethod.POST,
                "/cgi-bin/menu/addconditional",
                Json.object().put("名", "菜单😀")));

        assertThat(answer.path("menuid").asText()).isEqualTo("430000002430000002430000002");
        assertThat(api.only().method()).isEqualTo("POST");
        assertThat(api.only().path()).isEqualTo("/cgi-bin/menu/addconditional");
        assertThat(api.only().query()).isEqualTo("access_token=" + encoded(1));
        assertThat(api.only().body()).isEqualTo("{\"名\":\"菜单😀\"}");
    }

    @Test
    void sendsNoBodyWithAGet() throws Exception {
        api.answering("{\"menu\":{}}");

        Futures.get(test.client.call("main", HttpMethod.GET, "/cgi-bin/menu/get", Json.object()));

        assertThat(api.only().method()).isEqualTo("GET");
        assertThat(api.only().body()).isEmpty();
    }

    @Test
    void knowsNoOtherAccount() throws Exception {
        assertThat(Futures.cause(test.client.call("nobody", SAFE))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {40001, 40014, 42001, 41001})
    void repeatsOnceWithANewTokenWhereTheTokenWasRefused(int code) throws Exception {
        api.answering("{\"errcode\":" + code + ",\"errmsg\":\"e\"}", OK);

        Futures.get(test.client.call("main", ORDER));

        assertThat(test.tokens.refusals()).isEqualTo(1);
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::query)
                .containsExactly("access_token=" + encoded(1), "access_token=" + encoded(2));
    }

    @Test
    void repeatsNoSecondTimeWhereTheNewTokenIsRefusedToo() throws Exception {
        api.answering(EXPIRED);

        WeChatException failure = Futures.failure(test.client.call("main", ORDER));

        assertThat(failure.code()).contains(ErrorCode.of(42001));
        assertThat(test.tokens.refusals()).isEqualTo(1);
        assertThat(api.received()).hasSize(2);
    }

    @Test
    void surfacesNoneOfAHundredRefusedCalls() throws Exception {
        api.then(request -> FakeApi.json(request, request.query().contains(encoded(1)) ? EXPIRED : OK));
        List<Future<JsonNode>> calls = new ArrayList<>();

        for (int each = 0; each < 100; each++) {
            calls.add(test.client.call("main", SAFE));
        }

        Futures.get(Future.all(calls));
        assertThat(api.received()).hasSizeLessThanOrEqualTo(200);
        assertThat(api.received().stream().filter(one -> one.query().contains(encoded(3))))
                .isEmpty();
    }

    @Test
    void repeatsAQuestionWhileWeChatIsBusy() throws Exception {
        api.answering(BUSY, BUSY, "{\"menu\":{}}");

        assertThat(Futures.get(test.client.call("main", SAFE)).has("menu")).isTrue();
        assertThat(api.received()).hasSize(3);
    }

    @Test
    void triesThreeTimesAtMost() throws Exception {
        api.answering(BUSY);

        WeChatException failure = Futures.failure(test.client.call("main", SAFE));

        assertThat(failure.code()).contains(ErrorCode.of(-1));
        assertThat(api.received()).hasSize(3);
    }

    @Test
    void repeatsNoOrderThatMayHaveBeenExecuted() throws Exception {
        api.answering(BUSY);
        api.then(request -> request.connection().close());
        api.then(FakeApi.bytes(502, "text/html", Buffer.buffer("<h1>Bad Gateway</h1>")));

        assertThat(Futures.failure(test.client.call("main", ORDER)).kind()).isEqualTo(Kind.REFUSED);
        assertThat(Futures.failure(test.client.call("main", ORDER)).kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(Futures.failure(test.client.call("main", ORDER)).kind()).isEqualTo(Kind.GARBAGE);
        assertThat(api.received()).hasSize(3);
    }

    @Test
    void repeatsAQuestionThatWasNotAnswered() throws Exception {
        api.then(request -> request.connection().close());
        api.then(FakeApi.bytes(502, "text/html", Buffer.buffer("<h1>Bad Gateway</h1>")));
        api.answering("{\"menu\":{}}");

        Futures.get(test.client.call("main", SAFE));

        assertThat(api.received()).hasSize(3);
    }

    @Test
    void repeatsAnOrderForWhichThereWasNoConnection() throws Exception {
        TestClient unreachable = new TestClient(vertx, WeChatHttpTest.freePort());

        WeChatException failure = Futures.failure(unreachable.client.call("main", ORDER));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(Futures.get(unreachable.client.madeToday("main", ORDER))).isEqualTo(3);
    }

    @Test
    void repeatsNothingThatItsCallerRepeats() throws Exception {
        api.answering(BUSY);
        TestClient unreachable = new TestClient(vertx, WeChatHttpTest.freePort());

        Futures.failure(test.client.call("main", SAFE.repeat(Repeat.NEVER)));
        Futures.failure(unreachable.client.call("main", ORDER.repeat(Repeat.NEVER)));

        assertThat(api.received()).hasSize(1);
        assertThat(Futures.get(unreachable.client.madeToday("main", ORDER))).isEqualTo(1);
    }

    @Test
    void repeatsNothingElse() throws Exception {
        api.answering("{\"errcode\":40003,\"errmsg\":\"invalid openid\"}");

        assertThat(Futures.failure(test.client.call("main", SAFE)).code()).contains(ErrorCode.of(40003));
        assertThat(api.received()).hasSize(1);
    }

    @Test
    void endsWithinTwiceTheTimeOfOneCall() throws Exception {
        api.then(request -> {});
        TestClient impatient = new TestClient(vertx, api.uri(), Duration.ofMillis(400));
        long start = System.nanoTime();

        WeChatException failure = Futures.failure(impatient.client.call("main", SAFE));

        assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(400), Duration.ofSeconds(3));
        assertThat(api.received()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void endsInTimeWhenNoTokenComes() throws Exception {
        WeChatClient waiting = WeChatClient.create(
                vertx,
                new WeChatConfig(api.uri(), Duration.ofMillis(100)),
                TestClient.ACCOUNTS,
                new NoTokens(),
                test.counts,
                test.clock);

        WeChatException failure = Futures.failure(waiting.call("main", SAFE));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no access_token");
        assertThat(api.received()).isEmpty();
    }

    @Test
    void doesNotCallAFunctionThatTheAccountMayNotUse() throws Exception {
        api.answering("{\"errcode\":48001,\"errmsg\":\"api unauthorized rid: 1-2-3\"}", OK);
        Futures.failure(test.client.call("main", ORDER));

        WeChatException stopped = Futures.failure(test.client.call("main", ORDER));

        assertThat(stopped.kind()).isEqualTo(Kind.STOPPED);
        assertThat(stopped.code()).contains(ErrorCode.of(48001));
        assertThat(api.received()).hasSize(1);
        assertThat(test.client.stops())
                .singleElement()
                .extracting(ApiPause::calls)
                .isEqualTo("/cgi-bin/menu/create");
        Futures.get(test.client.call("main", SAFE));
        Futures.get(test.client.call("classic", ORDER));
        test.clock.pass(Duration.ofMinutes(5));
        Futures.get(test.client.call("main", ORDER));
        assertThat(test.client.stops()).isEmpty();
    }

    @Test
    void doesNotHammerWhatOnlyTheOperatorCanMend() throws Exception {
        api.answering("{\"errcode\":40164,\"errmsg\":\"invalid ip 203.0.113.7\"}");

        for (int each = 0; each < 50; each++) {
            Futures.failure(test.client.call("main", SAFE));
        }

        assertThat(api.received()).hasSize(1);
        test.client.lift("main");
        Futures.failure(test.client.call("main", SAFE));
        assertThat(api.received()).hasSize(2);
    }

    @Test
    void waitsForTomorrowWhenTheQuotaIsUsedUp() throws Exception {
        api.answering("{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}", OK);
        Futures.failure(test.client.call("main", ORDER));

        test.clock.pass(Duration.ofHours(6).minusSeconds(1));
        assertThat(Futures.failure(test.client.call("main", ORDER)).kind()).isEqualTo(Kind.STOPPED);
        test.clock.pass(Duration.ofSeconds(1));
        Futures.get(test.client.call("main", ORDER));
    }

    @Test
    void sendsNothingBeyondTheBudget() throws Exception {
        for (int each = 0; each < 90; each++) {
            Futures.get(test.counts.take(TestClient.APP_ID + ":menu/create:2026-11-20", 90, Duration.ofHours(1)));
        }

        assertThat(Futures.failure(test.client.call("testing", ORDER)).kind()).isEqualTo(Kind.OVER_BUDGET);
        assertThat(api.received()).isEmpty();
    }

    private static String encoded(int number) {
        return CountedTokens.START.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D") + number;
    }

    /** A keeper that never comes to an end. */
    private static final class NoTokens implements AccessTokens {
        @Override
        public Future<Secret> current(String account) {
            return Promise.<Secret>promise().future();
        }

        @Override
        public Future<Secret> refused(String account, Secret token) {
            return current(account);
        }
    }
}
