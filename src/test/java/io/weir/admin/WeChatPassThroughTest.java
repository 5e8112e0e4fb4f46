package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.client.FakeApi;
import io.weir.http.RawHttp;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class WeChatPassThroughTest {
    private static final String WECHAT = "/api/v1/accounts/main/wechat/";
    private static final String REFUSED_TOKEN = "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}";

    private final AtomicInteger fetched = new AtomicInteger();
    private FakeApi api;
    private KeptCredentials credentials;
    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        credentials = new KeptCredentials(() -> "80_token-number-" + fetched.incrementAndGet());
        admin = TestAdmin.start(vertx, credentials, api.uri());
    }

    @Test
    void addsTheTokenToWhatIsAskedAndHandsOnTheAnswerByteForByte() throws Exception {
        api.answering("{ \"openid\" : \"o1\",  \"nickname\":\"\\u4f60 好\" }");

        Reply reply = admin.get(WECHAT + "cgi-bin/user/info?openid=o1&lang=zh_CN");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{ \"openid\" : \"o1\",  \"nickname\":\"\\u4f60 好\" }");
        assertThat(reply.header("content-type")).isEqualTo("text/plain");
        assertThat(api.only().path()).isEqualTo("/cgi-bin/user/info");
        assertThat(api.only().query().split("&"))
                .containsExactlyInAnyOrder("access_token=80_token-number-1", "openid=o1", "lang=zh_CN");
    }

    @Test
    void handsOnWhatTheCallerCallsTheRequestBy() throws Exception {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        api.answering("{\"errcode\":0}");

        admin.ask("GET", WECHAT + "cgi-bin/user/info", "", "traceparent", traceparent);

        assertThat(api.only().traceparent()).isEqualTo(traceparent);
    }

    @Test
    void handsOnTheBodyByteForByteWithItsContentType() throws Exception {
        api.answering("{\"errcode\":0,\"errmsg\":\"ok\"}");

        Reply reply = admin.ask(
                "POST",
                WECHAT + "cgi-bin/message/custom/send",
                "{\"touser\":\"o1\", \"text\":{\"content\":\"你好😀\"}}",
                "Content-Type",
                "application/json; charset=gbk");

        assertThat(reply.text()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
        assertThat(api.only().method()).isEqualTo("POST");
        assertThat(api.only().body()).isEqualTo("{\"touser\":\"o1\", \"text\":{\"content\":\"你好😀\"}}");
        assertThat(api.only().contentType()).isEqualTo("application/json; charset=gbk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cgi-bin/token?grant_type=client_credential",
                "cgi-bin/stable_token",
                "cgi-bin/ticket/getticket?type=jsapi",
                "cgi-bin/clear_quota",
                "cgi-bin/clear_quota/v2",
                "CGI-BIN/Token",
                "cgi-bin/%74oken",
                "cgi-bin//token",
                "cgi-bin/./token",
                "cgi-bin/user/../token"
            })
    void keepsCredentialsAndQuotasToItself(String path) throws Exception {
        Reply reply = admin.ask("POST", WECHAT + path, "");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("title").asText()).isEqualTo("This call is not passed on");
        assertThat(api.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cgi-bin/user/info/",
                "cgi-bin/%2e%2e%2ftoken",
                "cgi-bin/user%2Finfo",
                "cgi-bin/.hidden",
                "cgi-bin/a;b",
                "cgi-bin/user/info?access_token=mine",
                "cgi-bin/user/info?openid=o1&openid=o2"
            })
    void passesOnNothingThatIsNoCallOfWeChats(String path) throws Exception {
        assertThat(admin.get(WECHAT + path).status()).isEqualTo(400);
        assertThat(api.received()).isEmpty();
    }

    @Test
    void renewsARefusedTokenOnceAndMakesTheCallAgain() throws Exception {
        api.answering(REFUSED_TOKEN, "{\"errcode\":0}");

        Reply reply = admin.ask("POST", WECHAT + "cgi-bin/message/custom/send", "{\"touser\":\"o1\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(api.received()).extracting(FakeApi.ReceivedRequest::body).containsOnly("{\"touser\":\"o1\"}");
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::query)
                .containsExactly("access_token=80_token-number-1", "access_token=80_token-number-2");
    }

    @Test
    void tellsWhatWeChatRefusesAndWhatHelps() throws Exception {
        api.answering("{\"errcode\":45015,\"errmsg\":\"response out of time limit rid: 6a0f8a11-0b0c0d0e-01020304\"}");

        Reply reply = admin.ask("POST", WECHAT + "cgi-bin/message/custom/send", "{}");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("errcode").asInt()).isEqualTo(45015);
        assertThat(reply.json().path("rid").asText()).isEqualTo("6a0f8a11-0b0c0d0e-01020304");
        assertThat(reply.json().path("remedyZh").asText()).isNotBlank();
    }

    @Test
    void doesNotMakeACallThatItsBudgetForbids() throws Exception {
        api.answering("{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}");
        admin.get(WECHAT + "cgi-bin/menu/get");

        assertThat(admin.get(WECHAT + "cgi-bin/menu/get").status()).isEqualTo(503);
        assertThat(api.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 3 << 20})
    void handsOnAFileAsItComes(int length) throws Exception {
        String picture = "\u00ff\u00d8" + "x".repeat(length);
        api.then(request -> request.response()
                .putHeader("Content-Type", "image/jpeg")
                .putHeader("Content-Disposition", "attachment; filename=\"a.jpg\"")
                .end(Buffer.buffer(picture)));

        Reply reply = admin.get(WECHAT + "cgi-bin/media/get?media_id=m1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(picture);
        assertThat(reply.header("content-type")).isEqualTo("image/jpeg");
        assertThat(reply.header("content-disposition")).isEqualTo("attachment; filename=\"a.jpg\"");
    }

    @Test
    void handsOnJsonThatIsLargerThanWhatIsLookedThrough() throws Exception {
        String list = "{\"list\":\"" + "x".repeat(3 << 20) + "\"}";
        api.answering(list);

        assertThat(admin.get(WECHAT + "datacube/getusersummary").text()).isEqualTo(list);
    }

    @Test
    void streamsALargeBodyOnce() throws Exception {
        api.answering("{\"media_id\":\"m1\"}");
        String video = "v".repeat(3 << 20);

        Reply reply = admin.ask("POST", WECHAT + "cgi-bin/media/upload?type=video", video);

        assertThat(reply.text()).isEqualTo("{\"media_id\":\"m1\"}");
        assertThat(api.only().body()).isEqualTo(video);
    }

    @Test
    void doesNotMakeACallAgainWhoseBodyIsGoneButRenewsTheToken() throws Exception {
        api.answering(REFUSED_TOKEN, "{\"media_id\":\"m1\"}");
        String video = "v".repeat(3 << 20);

        Reply first = admin.ask("POST", WECHAT + "cgi-bin/media/upload?type=video", video);
        Reply again = admin.ask("POST", WECHAT + "cgi-bin/media/upload?type=video", video);

        assertThat(first.json().path("errcode").asInt()).isEqualTo(40001);
        assertThat(again.text()).isEqualTo("{\"media_id\":\"m1\"}");
        assertThat(api.last().query()).contains("80_token-number-2");
    }

    @Test
    void refusesABodyThatIsTooLargeOrOfUnknownLength() throws Exception {
        try (RawHttp connection = admin.connect()) {
            connection.send(
                    "POST " + WECHAT + "cgi-bin/media/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + TestAdmin.TOKEN.reveal() + "\r\nContent-Length: 67108865\r\n\r\n");
            assertThat(connection.response()).startsWith("HTTP/1.1 413").contains("67108864 where Content-Length");
        }
        try (RawHttp connection = admin.connect()) {
            connection.send(
                    "POST " + WECHAT + "cgi-bin/media/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + TestAdmin.TOKEN.reveal() + "\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n"
                            + "x".repeat(0x100001) + "\r\n");
            assertThat(connection.response()).startsWith("HTTP/1.1 413");
        }
        assertThat(api.received()).isEmpty();
    }

    @Test
    void neverHandsOnTheTokenThatItHasAdded() throws Exception {
        api.then(request -> FakeApi.json(request, "{\"echo\":\"" + request.query() + "\"}"));

        assertThat(admin.get(WECHAT + "cgi-bin/user/info?openid=o1").text())
                .contains("access_token=***")
                .doesNotContain("80_token");
    }

    @Test
    void takesAPageForNoAnswerOfWeChats() throws Exception {
        api.then(FakeApi.bytes(200, "text/html", Buffer.buffer("<html>Log in</html>")));

        assertThat(admin.get(WECHAT + "cgi-bin/user/info").status()).isEqualTo(502);
    }

    @Test
    void followsNoRedirect() throws Exception {
        api.then(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", api.uri() + "/elsewhere")
                .end());

        assertThat(admin.get(WECHAT + "cgi-bin/user/info").status()).isEqualTo(502);
        assertThat(api.received()).extracting(FakeApi.ReceivedRequest::path).containsOnly("/cgi-bin/user/info");
    }

    @Test
    void needsTheAdminTokenWhereOneIsSet() throws Exception {
        assertThat(admin.send("GET", WECHAT + "cgi-bin/user/info", "").status()).isEqualTo(401);
        assertThat(admin.send(
                                "GET",
                                "/api/v1/accounts/nobody/wechat/cgi-bin/user/info",
                                "",
                                "Authorization",
                                "Bearer " + TestAdmin.TOKEN.reveal())
                        .status())
                .isEqualTo(404);
        assertThat(api.received()).isEmpty();
    }
}
