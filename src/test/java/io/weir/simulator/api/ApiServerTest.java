package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.platform.Refused;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ApiServerTest {
    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(
                vertx,
                ApiCall.verifiedOnly(Method.POST, "/cgi-bin/test/echo", ApiServerTest::echo),
                ApiCall.forAll(Method.POST, "/cgi-bin/media/upload", ApiServerTest::parts),
                ApiCall.forAll(
                        Method.GET,
                        "/cgi-bin/media/get",
                        request -> new CallAnswer.Bytes("image/png", "雨\".png", Buffer.buffer("bytes"))),
                ApiCall.forAll(Method.POST, "/cgi-bin/test/refuse", request -> {
                    throw new Refused(40003, "invalid openid");
                }),
                ApiCall.forAll(Method.GET, "/cgi-bin/test/bug", request -> {
                    throw new IllegalStateException("a bug of the simulator, for a test");
                }));
    }

    @Test
    void answersRefusalsAs200WithARequestId() {
        HttpResponse<String> response = api.get("/cgi-bin/getcallbackip");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json; encoding=utf-8");
        assertThat(response.body())
                .matches("\\{\"errcode\":41001,\"errmsg\":\"access_token missing"
                        + " rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}\"}");
    }

    @Test
    void answersJsonAsItIsWithoutEscapes() {
        HttpResponse<String> response = echo("{\"name\":\"今日歌曲 🎵\",\"id\":9007199254740993}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json; encoding=utf-8");
        assertThat(response.body()).isEqualTo("{\"name\":\"今日歌曲 🎵\",\"id\":9007199254740993}");
    }

    @Test
    void answersCallsOfFilesAsPlainTextOrWithTheFile() {
        assertThat(api.post("/cgi-bin/media/upload?access_token=" + api.token(), "x")
                        .headers()
                        .firstValue("content-type"))
                .contains("text/plain");

        HttpResponse<String> file = api.get("/cgi-bin/media/get?access_token=" + api.token());
        assertThat(file.headers().firstValue("content-type")).contains("image/png");
        assertThat(file.headers().firstValue("content-disposition")).contains("attachment; filename=\"__.png\"");
        assertThat(file.body()).isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cgi-bin/token/x",
        "POST, /cgi-bin/nothing",
        "POST, /datacube/getusersummary?access_token=x",
        "GET, /sns/oauth2/access_token?appid=x",
        "POST, /wxa/business/getuserphonenumber",
        "DELETE, /customservice/kfaccount/del"
    })
    void saysInWeChatsJsonThatACallIsNotSimulated(String method, String path) {
        HttpResponse<String> response = api.send(method, path, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json; encoding=utf-8");
        assertThat(errcode(response)).isEqualTo(48001);
        assertThat(response.body()).contains(method + " " + path.split("\\?", -1)[0] + " is not simulated", " rid: ");
    }

    @Test
    void aFaultAnswersInPlaceOfACallThatIsNotSimulated() {
        api.server.faults().next("/sns/userinfo", 1, new ApiFault.Status(200, "{\"openid\":\"oAlice\"}"));

        assertThat(api.get("/sns/userinfo?access_token=x").body()).isEqualTo("{\"openid\":\"oAlice\"}");
        assertThat(errcode(api.get("/sns/userinfo?access_token=x"))).isEqualTo(48001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/favicon.ico", "/", "/phone/nothing", "/media/nothing/more"})
    void leavesToOthersWhatIsNoCall(String path) {
        assertThat(api.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhatIsWrongWithAToken() {
        String previous = api.token();
        api.token();

        assertThat(errcode(withToken(""))).isEqualTo(41001);
        assertThat(errcode(withToken("abc"))).isEqualTo(40014);
        assertThat(errcode(withToken("x".repeat(136)))).isEqualTo(40001);
        assertThat(errcode(withToken(previous))).isZero();
        api.time.advance(Duration.ofMinutes(5));
        assertThat(errcode(withToken(previous))).isEqualTo(40001);
        String latest = api.token();
        api.time.advance(Duration.ofHours(2));
        assertThat(errcode(withToken(latest))).isEqualTo(42001);
    }

    @Test
    void checksMethodThenTokenThenPermissionThenQuota() {
        api.account().quotas().limit("/cgi-bin/test/echo", 1);
        api.account().register(api.account().registration().verified(false));
        String path = "/cgi-bin/test/echo?access_token=";

        assertThat(errcode(api.get(path + "abc"))).isEqualTo(43002);
        assertThat(errcode(api.post(path + "abc", "{}"))).isEqualTo(40014);
        assertThat(errcode(api.post(path + api.token(), "{}"))).isEqualTo(48001);
        api.account().register(api.account().registration().verified(true));
        assertThat(errcode(api.post(path + api.token(), "{}"))).isZero();
        assertThat(errcode(api.post(path + api.token(), "not JSON"))).isEqualTo(45009);
    }

    @Test
    void countsACallThatItsEffectRefusesButNoneThatWasTurnedAwayBefore() {
        api.post("/cgi-bin/test/refuse?access_token=" + api.token(), "{}");
        api.post("/cgi-bin/test/refuse?access_token=abc", "{}");
        api.get("/cgi-bin/test/refuse?access_token=" + api.token());

        assertThat(api.account().quotas().used("/cgi-bin/test/refuse")).isEqualTo(1);
        assertThat(api.server.counts().of("main", "/cgi-bin/test/refuse")).isEqualTo(2);
        assertThat(api.server.counts().of("", "/cgi-bin/test/refuse")).isEqualTo(1);
        assertThat(api.server.counts().total("/cgi-bin/test/refuse")).isEqualTo(3);
    }

    @Test
    void refusesBodiesThatAreNotItsJson() {
        assertThat(errcode(echo(""))).isEqualTo(44002);
        assertThat(errcode(echo("{"))).isEqualTo(47001);
        assertThat(errcode(echo("[]"))).isEqualTo(47001);
        assertThat(errcode(echo("{\"name\":\"\\u4eca\"}"))).isEqualTo(47002);
        assertThat(errcode(echo("{\"name\":\"\\u0041\\\\u4eca\"}"))).isZero();
    }

    @Test
    void refusesABodyThatIsNotUtf8() throws IOException {
        String head = "POST /cgi-bin/test/echo?access_token=" + api.token()
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n";

        try (RawHttp http = api.connect()) {
            String response = http.send((head + "{\"a\":\"\u00ff\"}").getBytes(StandardCharsets.ISO_8859_1))
                    .response();
            assertThat(response).contains("\"errcode\":47001");
        }
    }

    @Test
    void takesAMultipartBodyApart() throws IOException {
        String body = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"media\"; filename=\"a.png\"",
                "Content-Type: image/png",
                "",
                "PNG",
                "--b",
                "Content-Disposition: form-data; name=\"description\"",
                "",
                "{\"title\":\"雨\"}",
                "--b--",
                "");

        assertThat(upload("multipart/form-data; boundary=b", body))
                .endsWith(
                        "{\"parts\":\"media a.png image/png PNG, description - text/plain {\\\"title\\\":\\\"雨\\\"}\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=b", "application/json"})
    void findsNoPartsInABodyThatHasNone(String contentType) throws IOException {
        assertThat(upload(contentType, "nonsense")).endsWith("{\"parts\":\"\"}");
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeItComes() throws IOException {
        assertThat(announce("/cgi-bin/test/echo", "application/json", 1024 * 1024 + 1))
                .startsWith("HTTP/1.1 413");
        assertThat(announce("/cgi-bin/media/upload", "multipart/form-data; boundary=b", 12 * 1024 * 1024 + 1))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void answersABugOfItsOwnAsASystemError() {
        assertThat(errcode(api.get("/cgi-bin/test/bug?access_token=" + api.token())))
                .isEqualTo(-1);
    }

    private HttpResponse<String> withToken(String token) {
        return api.get("/cgi-bin/getcallbackip?access_token=" + token);
    }

    private HttpResponse<String> echo(String body) {
        return api.post("/cgi-bin/test/echo?access_token=" + api.token(), body);
    }

    private String upload(String contentType, String body) throws IOException {
        try (RawHttp http = api.connect()) {
            return http.send("POST /cgi-bin/media/upload?access_token=" + api.token() + " HTTP/1.1\r\nHost: x\r\n"
                            + "Content-Type: " + contentType + "\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                    .response();
        }
    }

    private String announce(String path, String contentType, int bytes) throws IOException {
        try (RawHttp http = api.connect()) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + contentType;
            return http.send(head + "\r\nContent-Length: " + bytes + "\r\n\r\n").response();
        }
    }

    private static CallAnswer echo(CallRequest request) {
        return new CallAnswer.Json(Bodies.json(request));
    }

    private static CallAnswer parts(CallRequest request) {
        return new CallAnswer.Json(JsonNodeFactory.instance
                .objectNode()
                .put(
                        "parts",
                        request.parts().stream()
                                .map(part -> part.name() + " " + part.fileName().orElse("-") + " " + part.contentType()
                                        + " " + part.body())
                                .collect(Collectors.joining(", "))));
    }

    private static int errcode(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Bodies.object(response.body()).path("errcode").asInt();
    }
}
