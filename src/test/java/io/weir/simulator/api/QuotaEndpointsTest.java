package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class QuotaEndpointsTest {
    private static final String OWN_APP_ID = "{\"appid\":\"" + TestApi.APP_ID + "\"}";

    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(vertx);
    }

    @Test
    void tellsWhatIsLeftOfACall() {
        api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY);

        assertThat(call("openapi/quota/get", "{\"cgi_path\":\"/cgi-bin/token\"}"))
                .hasToString("{\"quota\":{\"daily_limit\":2000,\"used\":1,\"remain\":1999}}");
        assertThat(call("openapi/quota/get", "{\"cgi_path\":\"/cgi-bin/stable_token\"}"))
                .hasToString("{\"quota\":{\"daily_limit\":500000,\"used\":0,\"remain\":500000},"
                        + "\"rate_limit\":{\"call_count\":10000,\"refresh_second\":60}}");
    }

    @ParameterizedTest
    @CsvSource({
        "/cgi-bin/none, 76021",
        "cgi-bin/token, 76021",
        "/cgi-bin/token?a=b, 76021",
        "'', 76021",
        "/sns/oauth2/access_token, 76022"
    })
    void knowsOnlyThePathsOfTheTable(String path, int errcode) {
        assertThat(code(call("openapi/quota/get", "{\"cgi_path\":\"" + path + "\"}")))
                .isEqualTo(errcode);
        assertThat(code(call("openapi/quota/clear", "{\"cgi_path\":\"" + path + "\"}")))
                .isEqualTo(errcode);
    }

    @Test
    void clearsOneCount() {
        api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY);

        assertThat(call("openapi/quota/clear", "{\"cgi_path\":\"/cgi-bin/token\"}"))
                .hasToString("{\"errcode\":0,\"errmsg\":\"ok\"}");
        assertThat(api.account().quotas().used("/cgi-bin/token")).isZero();
    }

    @Test
    void clearsAllCountsTenTimesAMonthWithOrWithoutAToken() {
        String withSecret = OWN_APP_ID.replace("}", ",\"appsecret\":\"" + TestApi.SECRET + "\"}");
        for (int i = 0; i < 5; i++) {
            api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY);
            assertThat(code(call("clear_quota", OWN_APP_ID))).isZero();
            assertThat(code(call("clear_quota/v2", withSecret))).isZero();
            assertThat(api.account().quotas().used("/cgi-bin/token")).isZero();
        }

        assertThat(code(call("clear_quota", OWN_APP_ID))).isEqualTo(48006);
        assertThat(code(call("clear_quota/v2", withSecret))).isEqualTo(48006);
    }

    @Test
    void clearsOnlyForTheOwner() {
        assertThat(code(call("clear_quota", "{}"))).isEqualTo(41002);
        assertThat(code(call("clear_quota", "{\"appid\":\"wx0000000000000002\"}")))
                .isEqualTo(40013);
        assertThat(code(call("clear_quota/v2", OWN_APP_ID))).isEqualTo(41004);
        assertThat(code(call("clear_quota/v2", OWN_APP_ID.replace("}", ",\"appsecret\":\"x\"}"))))
                .isEqualTo(40125);
    }

    @Test
    void explainsARequestIdWithoutSecretsForSevenDays() {
        String rid = rid(api.get("/cgi-bin/token?grant_type=x&appid=" + TestApi.APP_ID + "&secret=" + TestApi.SECRET)
                .body());
        JsonNode request = explain(rid).path("request");

        assertThat(request.fieldNames())
                .toIterable()
                .containsExactly(
                        "invoke_time", "cost_in_ms", "request_url", "request_body", "response_body", "client_ip");
        assertThat(request.path("invoke_time").asLong()).isEqualTo(1795147200L);
        assertThat(request.path("request_url").asText())
                .isEqualTo("/cgi-bin/token?grant_type=x&appid=" + TestApi.APP_ID + "&secret=***");
        assertThat(request.path("response_body").asText()).contains("40002", rid);
        assertThat(request.path("client_ip").asText()).isEqualTo("127.0.0.1");
        api.time.advance(Duration.ofDays(7));
        assertThat(code(explain(rid))).isEqualTo(76001);
    }

    @Test
    void masksTheSecretOfABody() {
        String body =
                "{\"grant_type\":\"x\",\"appid\":\"" + TestApi.APP_ID + "\",\"secret\" : \"" + TestApi.SECRET + "\"}";
        String rid = rid(api.post("/cgi-bin/stable_token", body).body());

        assertThat(explain(rid).path("request").path("request_body").asText())
                .isEqualTo("{\"grant_type\":\"x\",\"appid\":\"" + TestApi.APP_ID + "\",\"secret\":\"***\"}");
    }

    @Test
    void knowsNoRequestIdOfAnotherAccount() {
        String others =
                api.platform.byName("other").orElseThrow().tokens().fetch().value();
        String rid = rid(api.post("/cgi-bin/openapi/quota/get?access_token=" + others, "{}")
                .body());

        assertThat(code(explain(rid))).isEqualTo(76001);
        assertThat(code(explain("x"))).isEqualTo(76001);
    }

    private JsonNode explain(String rid) {
        return call("openapi/rid/get", "{\"rid\":\"" + rid + "\"}");
    }

    private JsonNode call(String name, String body) {
        return Bodies.object(api.post("/cgi-bin/" + name + "?access_token=" + api.token(), body)
                .body());
    }

    private static String rid(String body) {
        String errmsg = Bodies.object(body).path("errmsg").asText();
        return errmsg.substring(errmsg.indexOf("rid: ") + 5);
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt();
    }
}
