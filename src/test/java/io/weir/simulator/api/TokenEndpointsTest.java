package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class TokenEndpointsTest {
    private static final String CREDENTIALS =
            "\"appid\":\"" + TestApi.APP_ID + "\",\"secret\":\"" + TestApi.SECRET + "\"";
    private static final String STABLE = "{\"grant_type\":\"client_credential\"," + CREDENTIALS + "}";

    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(vertx);
    }

    @Test
    void givesAClassicToken() {
        ObjectNode answer =
                Bodies.object(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body());

        assertThat(answer.fieldNames()).toIterable().containsExactly("access_token", "expires_in");
        assertThat(answer.path("expires_in").isInt()).isTrue();
        assertThat(api.account().tokens().problem(answer.path("access_token").asText()))
                .isEmpty();
    }

    @Test
    void givesTheSameStableTokenAgainUnlessForced() {
        String first = api.post("/cgi-bin/stable_token", STABLE).body();
        String again = api.post("/cgi-bin/stable_token", STABLE).body();
        String forced = api.post("/cgi-bin/stable_token", STABLE.replace("}", ",\"force_refresh\":true}"))
                .body();

        assertThat(again).isEqualTo(first).endsWith("\"expires_in\":7200}");
        assertThat(forced).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "appid=wx0000000000000001&secret=secretGreen1, 40002",
        "grant_type=authorization_code&appid=wx0000000000000001&secret=secretGreen1, 40002",
        "grant_type=client_credential&secret=secretGreen1, 41002",
        "grant_type=client_credential&appid=&secret=secretGreen1, 41002",
        "grant_type=client_credential&appid=wx0000000000000001, 41004",
        "grant_type=client_credential&appid=WX0000000000000001&secret=secretGreen1, 40013",
        "grant_type=client_credential&appid=wx0000000000000001%20&secret=secretGreen1, 40013",
        "grant_type=client_credential&appid=wx0000000000000001&secret=secretBlue2, 40125",
        "grant_type=client_credential&appid=wx0000000000000001&secret=secretgreen1, 40125"
    })
    void refusesAClassicTokenWithTheCodeOfTheMistake(String query, int errcode) {
        assertThat(errcode(api.get("/cgi-bin/token?" + query).body())).isEqualTo(errcode);
    }

    @Test
    void readsNothingFromAQueryThatCannotBeDecoded() throws IOException {
        try (RawHttp http = api.connect()) {
            assertThat(http.send("GET /cgi-bin/token?" + TestApi.TOKEN_QUERY + "&x=%zz HTTP/1.1\r\nHost: x\r\n\r\n")
                            .response())
                    .contains("41002");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, 44002",
                "`grant_type=client_credential`, 47001",
                "`[]`, 47001",
                "`{} {}`, 47001",
                "`{\"appid\":\"wx0000000000000001\",\"secret\":\"secretGreen1\"}`, 40002",
                "`{\"grant_type\":\"client_credential\",\"secret\":\"secretGreen1\"}`, 41002",
                "`{\"grant_type\":\"client_credential\",\"appid\":null,\"secret\":\"secretGreen1\"}`, 41002",
                "`{\"grant_type\":\"client_credential\",\"appid\":\"wx1\",\"secret\":\"secretGreen1\"}`, 40013",
                "`{\"grant_type\":\"client_credential\",\"appid\":\"wx0000000000000001\"}`, 41004",
                "`{\"grant_type\":\"client_credential\",\"appid\":\"wx0000000000000001\",\"secret\":\"x\"}`, 40125"
            })
    void refusesAStableTokenWithTheCodeOfTheMistake(String body, int errcode) {
        assertThat(errcode(api.post("/cgi-bin/stable_token", body).body())).isEqualTo(errcode);
    }

    @Test
    void takesEachCallWithItsOwnMethodOnly() {
        assertThat(errcode(api.post("/cgi-bin/token?" + TestApi.TOKEN_QUERY, "").body()))
                .isEqualTo(43001);
        assertThat(errcode(
                        api.get("/cgi-bin/stable_token?" + TestApi.TOKEN_QUERY).body()))
                .isEqualTo(43002);
    }

    @Test
    void refusesToWorkWithAFrozenSecret() {
        String token = api.token();
        api.platform.exclusively(() -> {
            api.account().tokens().freezeSecret(true);
            return "";
        });

        assertThat(errcode(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body()))
                .isEqualTo(40243);
        assertThat(errcode(api.post("/cgi-bin/stable_token", STABLE).body())).isEqualTo(40243);
        assertThat(errcode(
                        api.get("/cgi-bin/getcallbackip?access_token=" + token).body()))
                .isZero();
    }

    @Test
    void namesTheAddressThatIsNotInTheWhitelist() {
        String token = api.token();
        api.account().register(api.account().registration().whitelist(Set.of("203.0.113.1")));

        assertThat(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body())
                .startsWith("{\"errcode\":40164,\"errmsg\":\"invalid ip 127.0.0.1, not in whitelist rid: ");
        assertThat(errcode(
                        api.get("/cgi-bin/getcallbackip?access_token=" + token).body()))
                .isEqualTo(40164);
        api.account().register(api.account().registration().whitelist(Set.of("127.0.0.1")));
        assertThat(errcode(api.get("/cgi-bin/token?" + TestApi.TOKEN_QUERY).body()))
                .isZero();
    }

    @Test
    void givesTicketsToWhoHasAToken() {
        String query = "/cgi-bin/ticket/getticket?access_token=" + api.token();

        assertThat(api.get(query + "&type=jsapi").body())
                .matches("\\{\"errcode\":0,\"errmsg\":\"ok\",\"ticket\":\"[A-Za-z0-9_-]{86}\",\"expires_in\":7200}");
        assertThat(errcode(api.get(query + "&type=x").body())).isEqualTo(40035);
        assertThat(errcode(api.get(query).body())).isEqualTo(40035);
    }

    private static int errcode(String body) {
        return Bodies.object(body).path("errcode").asInt();
    }
}
