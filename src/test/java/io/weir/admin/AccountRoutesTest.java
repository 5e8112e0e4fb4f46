package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.http.RawHttp;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all routes of the API. */
@ExtendWith(VertxExtension.class)
class AccountRoutesTest {
    private static final String MAIN = "/api/v1/accounts/main/";

    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
    }

    @Test
    void listsTheAccountsWithoutSecrets() throws Exception {
        Reply reply = admin.get("/api/v1/accounts");

        assertThat(reply.json()).isEqualTo(TestAdmin.parse("""
                        {"accounts": [
                          {"name": "main", "mode": "safe", "tokenMode": "stable", "testAccount": false},
                          {"name": "club", "mode": "plaintext", "tokenMode": "classic", "testAccount": true}
                        ]}"""));
        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "MAIN", "main%2Fclub", "..%2Fmain", "%20main"})
    void knowsNoOtherAccount(String name) throws Exception {
        Reply reply = admin.get("/api/v1/accounts/" + name + "/token");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.text())
                .isEqualTo("{\"title\":\"There is no such account\",\"status\":404,"
                        + "\"detail\":\"GET /api/v1/accounts tells which accounts there are.\"}");
        assertThat(admin.credentials.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "/api/v1", "/api/v2/accounts", "/api/v1/accounts/main", "/api/v1/accounts/main/tokens"})
    void knowsNoOtherPath(String path) throws Exception {
        Reply reply = admin.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text())
                .isEqualTo("{\"title\":\"There is no such path\",\"status\":404,"
                        + "\"detail\":\"GET /openapi.json tells which paths there are.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, token, GET",
        "HEAD, token, GET",
        "GET, token/refresh, POST",
        "DELETE, access-token, GET",
        "PUT, callback-check, GET",
        "POST, callback-check, GET"
    })
    void saysWhichMethodsAPathTakes(String method, String path, String allowed) throws Exception {
        try (RawHttp http = admin.connect()) {
            String answer = http.send(method + " " + MAIN + path
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + "Authorization: Bearer "
                            + TestAdmin.TOKEN.reveal() + "\r\nConnection: close\r\n\r\n")
                    .untilClosed();

            assertThat(answer)
                    .startsWith("HTTP/1.1 405")
                    .contains("allow: " + allowed + "\r\n", "application/problem+json");
        }
    }

    @Test
    void refusesLargeBodiesAtOnce() throws Exception {
        try (RawHttp http = admin.connect()) {
            String answer = http.send(
                            "POST " + MAIN + "token/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n"
                                    + "Authorization: Bearer " + TestAdmin.TOKEN.reveal() + "\r\n\r\n")
                    .untilClosed();

            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .endsWith("{\"title\":\"The body is too large\",\"status\":413,"
                            + "\"detail\":\"A body may have 65536 bytes at most.\"}");
            assertThat(admin.credentials.asked).isEmpty();
        }
    }

    @Test
    void takesBodiesUpToTheLimit() throws Exception {
        String blanks = " ".repeat(64 * 1024 - 2);

        assertThat(admin.post(MAIN + "token/refresh", "{" + blanks + "}").status())
                .isEqualTo(200);
        assertThat(admin.post(MAIN + "token/refresh", "{ " + blanks + "}").status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]`|`The body has to be a JSON object.`",
                "`true`|`The body has to be a JSON object.`",
                "` `|`The body has to be a JSON object.`",
                "`{`|`The body is not JSON: look at line 1, column 2.`",
                "`{} {}`|`The body is not JSON: look at line 1, column 4.`",
                "`{\"force\": true, \"force\": false}`|`The body is not JSON: look at line 1, column 24.`",
                "`{'force': true}`|`The body is not JSON: look at line 1, column 2.`",
                "`{\"Force\": true}`|`The field \"Force\" is unknown; there are: force.`",
                "`{\"force\": \"true\"}`|`\"force\" has to be true or false.`",
                "`{\"force\": 1}`|`\"force\" has to be true or false.`",
                "`{\"force\": null}`|`\"force\" has to be true or false.`"
            })
    void readsBodiesStrictly(String body, String detail) throws Exception {
        Reply reply = admin.post(MAIN + "token/refresh", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("title").asText()).isEqualTo("The request is not understood");
        assertThat(reply.json().path("detail").asText()).isEqualTo(detail);
        assertThat(admin.credentials.asked).isEmpty();
    }

    @Test
    void readsOnlyUtf8() throws Exception {
        try (RawHttp http = admin.connect()) {
            byte[] body = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
            String answer = http.send(
                            "POST " + MAIN + "token/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n"
                                    + "Authorization: Bearer " + TestAdmin.TOKEN.reveal() + "\r\n\r\n")
                    .send(body)
                    .response();

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"detail\":\"The body is not UTF-8.\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/live", "/ready", "/health", "/metrics", "/openapi.json", "/api/v1/accounts", "/nothing", "/%zz"
            })
    void nothingIsToBeStored(String path) throws Exception {
        for (String request : new String[] {"GET", "DELETE"}) {
            try (RawHttp http = admin.connect()) {
                String answer = http.send(request + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .response();

                assertThat(answer).contains("cache-control: no-store\r\n", "X-Content-Type-Options: nosniff\r\n");
            }
        }
    }
}
