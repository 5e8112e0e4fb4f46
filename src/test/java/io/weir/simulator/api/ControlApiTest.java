package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ControlApiTest {
    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(vertx);
    }

    @Test
    void showsTheStateWithoutSecrets() {
        String token = api.token();

        HttpResponse<String> response = api.get("/control/v1/state");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.body())
                .startsWith("{\"clock\":\"2026-11-20T04:00:00Z\",\"accounts\":[{\"name\":\"main\",\"appId\":\""
                        + TestApi.APP_ID + "\",\"originalId\":\"gh_1\",\"verified\":true,\"testAccount\":false,"
                        + "\"whitelist\":[],\"tokens\":{\"classicValid\":1,\"stableValid\":0,\"secretFrozen\":false},"
                        + "\"calls\":{},\"people\":0},{\"name\":\"other\"")
                .doesNotContain(TestApi.SECRET, token);
    }

    @Test
    void endsTheTokensOfOneAccount() {
        String token = api.token();
        String others =
                api.platform.byName("other").orElseThrow().tokens().fetch().value();

        api.post("/control/v1/accounts/main/tokens/invalidate", "");

        assertThat(api.get("/cgi-bin/getcallbackip?access_token=" + token).body())
                .contains("40001");
        assertThat(api.get("/cgi-bin/getcallbackip?access_token=" + others).body())
                .contains("ip_list");
    }

    @Test
    void changesARegistration() {
        String path = "/control/v1/accounts/main/registration";
        api.send(
                "PUT",
                path,
                "{\"verified\":false,\"testAccount\":true,\"whitelist\":[\"10.0.0.1\"],\"secretFrozen\":true}");

        assertThat(api.account().registration().verified()).isFalse();
        assertThat(api.account().registration().testAccount()).isTrue();
        assertThat(api.account().registration().whitelist()).isEqualTo(Set.of("10.0.0.1"));
        assertThat(api.account().tokens().secretFrozen()).isTrue();
        api.send("PUT", path, "{\"verified\":true}");
        assertThat(api.account().registration().verified()).isTrue();
        assertThat(api.account().registration().testAccount()).isTrue();
    }

    @Test
    void plansShowsAndClearsFaults() {
        String planned = "{\"faults\":[{\"path\":\"/cgi-bin/token\",\"times\":2,\"kind\":\"refusal\",\"errcode\":-1,"
                + "\"errmsg\":\"system error\"}]}";

        assertThat(api.post(
                                "/control/v1/faults",
                                "{\"path\":\"/cgi-bin/token\",\"times\":2,\"kind\":\"refusal\",\"errcode\":-1,"
                                        + "\"errmsg\":\"system error\"}")
                        .body())
                .isEqualTo(planned);
        assertThat(api.get("/control/v1/faults").body()).isEqualTo(planned);
        assertThat(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body()).contains("\"errcode\":-1,");
        assertThat(api.send("DELETE", "/control/v1/faults", "").body()).isEqualTo("{\"faults\":[]}");
        assertThat(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body()).contains("access_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"*\",\"kind\":\"refusal\",\"errcode\":45009,\"errmsg\":\"injected\"}",
                "{\"path\":\"*\",\"kind\":\"status\",\"status\":503,\"body\":\"busy\"}",
                "{\"path\":\"*\",\"times\":1,\"kind\":\"delay\",\"delayMillis\":60000}",
                "{\"path\":\"*\",\"kind\":\"hang\"}",
                "{\"path\":\"*\",\"kind\":\"truncated\"}",
                "{\"path\":\"*\",\"kind\":\"html\"}",
                "{\"path\":\"*\",\"kind\":\"reset\"}",
                "{\"path\":\"*\",\"kind\":\"answerLost\"}"
            })
    void writesAFaultAsItWasPlanned(String fault) {
        assertThat(api.post("/control/v1/faults", fault).body()).isEqualTo("{\"faults\":[" + fault + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`x`|`The body has to be a JSON object.`",
                "`{}`|`The field \"path\" is missing.`",
                "`{\"path\":1}`|`The field \"path\" has to be a text.`",
                "`{\"path\":\"x\"}`|`The field \"path\" has to be * or begin with a slash.`",
                "`{\"path\":\"*\"}`|`The field \"kind\" is missing.`",
                "`{\"path\":\"*\",\"times\":0}`|`The field \"times\" has to be 1 at least.`",
                "`{\"path\":\"*\",\"times\":1.5}`|`The field \"times\" has to be a whole number.`",
                "`{\"path\":\"*\",\"time\":1}`|`The field \"time\" is unknown; there are: path, times, kind, errcode, errmsg, status, body,"
                        + " delayMillis.`",
                "`{\"path\":\"*\",\"kind\":\"x\"}`|`The field \"kind\" has to be one of refusal, status, delay, hang, truncated, html, reset,"
                        + " answerLost.`",
                "`{\"path\":\"*\",\"kind\":\"refusal\"}`|`The field \"errcode\" is missing.`",
                "`{\"path\":\"*\",\"kind\":\"status\",\"status\":99}`|`The field \"status\" has to be from 200 to 599.`",
                "`{\"path\":\"*\",\"kind\":\"delay\",\"delayMillis\":60001}`|`The field \"delayMillis\" has to be from 1 to 60000.`"
            })
    void saysWhatIsWrongWithAFault(String body, String detail) {
        HttpResponse<String> response = api.post("/control/v1/faults", body);

        assertProblem(response, 400, "The request is not understood", detail);
        assertThat(api.server.faults().all()).isEmpty();
    }

    @Test
    void putsTheClockWrongAndRight() {
        assertThat(api.send("PUT", "/control/v1/clock", "{\"offsetSeconds\":-660}")
                        .body())
                .isEqualTo("{\"offsetSeconds\":-660,\"clock\":\"2026-11-20T03:49:00Z\"}");
        assertThat(api.platform.clock().instant()).hasToString("2026-11-20T03:49:00Z");
        api.send("PUT", "/control/v1/clock", "{\"offsetSeconds\":0}");
        assertThat(api.platform.clock().instant()).hasToString("2026-11-20T04:00:00Z");
        assertThat(api.send("PUT", "/control/v1/clock", "{\"offsetSeconds\":31622401}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void showsHowOftenEachCallWasMade() {
        api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY);
        api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY);
        api.get("/cgi-bin/token");

        assertThat(api.get("/control/v1/calls").body())
                .isEqualTo("{\"calls\":{\"\":{\"/cgi-bin/token\":1},\"main\":{\"/cgi-bin/token\":2}}}");
    }

    @Test
    void tellsWhatThereIsNot() {
        assertProblem(
                api.post("/control/v1/accounts/none/tokens/invalidate", ""),
                404,
                "There is no such thing",
                "There is no account \"none\"; there are: main, other.");
        assertThat(api.get("/control/v1/none").body())
                .startsWith("{\"title\":\"There is no such thing\",\"status\":404,\"detail\":\"There is no GET"
                        + " /control/v1/none. There are: GET /control/v1/state, ");
        assertThat(api.send("DELETE", "/control/v1/state", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8082",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "127.evil.example",
                "10.0.0.1"
            })
    void turnsAwayAForeignHost(String host) throws IOException {
        assertThat(raw("Host: " + host + "\r\n"))
                .startsWith("HTTP/1.1 403")
                .endsWith("{\"title\":\"The caller is turned away\",\"status\":403,\"detail\":"
                        + "\"The Host header has to name this machine: localhost, 127.0.0.1 or [::1].\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8082", "127.0.0.1", "127.0.0.2:80", "[::1]:8082"})
    void takesTheNamesOfThisMachine(String host) throws IOException {
        assertThat(raw("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, 403",
        "null, 403",
        "http://, 403",
        "http://localhost:8082, 200",
        "http://127.0.0.1, 200",
        "http://[::1]:8081, 200"
    })
    void turnsAwayPagesOfOtherMachines(String origin, int status) throws IOException {
        assertThat(raw("Host: localhost\r\nOrigin: " + origin + "\r\n")).startsWith("HTTP/1.1 " + status);
    }

    private String raw(String headers) throws IOException {
        try (RawHttp http = api.connect()) {
            return http.send("GET /control/v1/calls HTTP/1.1\r\n" + headers + "\r\n")
                    .response();
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String title, String detail) {
        ObjectNode problem = Bodies.object(response.body());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
    }
}
