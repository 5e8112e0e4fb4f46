package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class AdminGuardTest {
    private static final String REFRESH = "/api/v1/accounts/main/token/refresh";
    private static final String BEARER = "Authorization: Bearer " + TestAdmin.TOKEN.reveal() + "\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8081",
                "localhost:1",
                "127.0.0.1",
                "127.0.0.1:9",
                "127.1.2.3",
                "[::1]",
                "[::1]:8081"
            })
    void answersWhoNamesThisMachine(String host, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(get(admin, "/health", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "weir.example",
                "weir.example:8081",
                "localhost.example",
                "127.0.0.1.example",
                "1127.0.0.1",
                "192.168.0.1",
                "0.0.0.0",
                "[::2]"
            })
    void turnsAwayWhoNamesAnother(String host, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        for (String path : List.of("/health", "/metrics", "/openapi.json", "/api/v1/accounts", "/api/nothing")) {
            assertThat(get(admin, path, BEARER + "Host: " + host + "\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("application/problem+json")
                    .endsWith(
                            "{\"title\":\"The Host header names another machine\",\"status\":403,\"detail\":\"The admin"
                                    + " port listens on this machine only: send Host: localhost, 127.0.0.1 or [::1], with any"
                                    + " port.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:port", "[::1].example", "localhost:80:81", "x@localhost", "localhost/x"})
    void doesNotGuessWhatAnUnreadableHostMeans(String host, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(get(admin, "/health", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void turnsAwayTargetsWithAHostOfTheirOwn(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(get(admin, "http://weir.example/health", "Host: localhost\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void letsProbesUseAnyHost(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        assertThat(get(admin, "/live", "Host: pod-7.cluster\r\n")).startsWith("HTTP/1.1 200");
        assertThat(get(admin, "/ready", "Host: pod-7.cluster\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://evil.example:8081",
                "http://localhost",
                "http://localhost:3000",
                "http://127.0.0.1:8081",
                "null",
                "",
                "::",
                "http://localhost:8081\r\nOrigin: http://evil.example"
            })
    void changesNothingForPagesOfOtherOrigins(String origin, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(post(admin, REFRESH, "Host: localhost:8081\r\nOrigin: " + origin + "\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("\"title\":\"A page of another origin may not ask this\"");
        assertThat(admin.credentials.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost:8081\r\n",
                "Host: localhost:8081\r\nOrigin: http://localhost:8081\r\nSec-Fetch-Site: same-origin\r\n",
                "Host: LocalHost:8081\r\nOrigin: https://localhost:8081\r\n",
                "Host: localhost\r\nOrigin: http://localhost\r\n",
                "Host: localhost:80\r\nOrigin: http://localhost\r\n",
                "Host: [::1]:8081\r\nOrigin: http://[::1]:8081\r\nSec-Fetch-Site: none\r\n"
            })
    void changesSomethingForItsOwn(String headers, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(post(admin, REFRESH, headers)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void asksWeChatNothingForPicturesInPagesOfOthers(String site, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        assertThat(get(
                        admin,
                        "/api/v1/accounts/main/callback-ips",
                        "Host: localhost\r\nSec-Fetch-Site: " + site + "\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(admin.credentials.asked).isEmpty();
    }

    @Test
    void grantsNothingAcrossOrigins(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());
        String page = "Host: localhost\r\nOrigin: http://evil.example\r\n";

        assertThat(get(admin, "/api/v1/accounts", page))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("access-control");
        assertThat(raw(
                        admin,
                        "OPTIONS " + REFRESH + " HTTP/1.1\r\n" + page + "Access-Control-Request-Method: POST\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .doesNotContainIgnoringCase("access-control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
    void knowsTheBearerOfTheTokenHoweverTheSchemeIsWritten(String scheme, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        assertThat(admin.send(
                                "GET",
                                "/api/v1/accounts/main/access-token",
                                "",
                                "Authorization",
                                scheme + " " + TestAdmin.TOKEN.reveal())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer \r\n",
                "Authorization: Bearer adminTokenGreen\r\n",
                "Authorization: Bearer adminTokenGreen55\r\n",
                "Authorization: Bearer admintokengreen5\r\n",
                "Authorization: Basic adminTokenGreen5\r\n",
                "Authorization: adminTokenGreen5\r\n",
                "Authorization: Bearer adminTokenGreen5\r\nAuthorization: Bearer adminTokenGreen5\r\n",
                "Cookie: token=adminTokenGreen5\r\n"
            })
    void tellsTheRestNothingNotEvenWhichAccountsThereAre(String headers, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        for (String path : List.of(
                "/api/v1/accounts",
                "/api/v1/accounts/main/token",
                "/api/v1/accounts/main/access-token",
                "/api/v1/accounts/main/jsapi-ticket",
                "/api/v1/accounts/nobody/token",
                "/api/v1/accounts/main/nothing",
                "/api/v2")) {
            assertThat(get(admin, path, "Host: localhost\r\n" + headers))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer", "cache-control: no-store")
                    .endsWith(
                            "{\"title\":\"A token is needed\",\"status\":401,\"detail\":\"Send the header"
                                    + " Authorization: Bearer with the value of admin.token, or with a secret of admin.tokens.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization: Bearer x\r\n", "Authorization: Bearer \r\n"})
    void givesNoCredentialAwayWhereNoTokenIsSet(String headers, Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.empty());

        for (String path : List.of("/api/v1/accounts/main/access-token", "/api/v1/accounts/main/jsapi-ticket")) {
            assertThat(get(admin, path, "Host: localhost\r\n" + headers))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer")
                    .endsWith(
                            "{\"title\":\"An admin token has to be set\",\"status\":401,\"detail\":\"Credentials are for"
                                    + " holders of the admin token only, and none is set: set admin.token in the configuration,"
                                    + " restart, and send the header Authorization: Bearer with its value.\"}");
        }
        assertThat(admin.credentials.asked).isEmpty();
    }

    @Test
    void doesNotCareForTheHostWhereOthersReachThePort(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, new AdminConfig("0.0.0.0", 0, Optional.of(TestAdmin.TOKEN)));

        assertThat(get(admin, "/health", BEARER + "Host: weir.example\r\n")).startsWith("HTTP/1.1 200");
        assertThat(post(admin, REFRESH, BEARER + "Host: weir.example\r\nOrigin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    private static String get(TestAdmin admin, String path, String headers) throws IOException {
        return raw(admin, "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");
    }

    private static String post(TestAdmin admin, String path, String headers) throws IOException {
        return raw(admin, "POST " + path + " HTTP/1.1\r\nContent-Length: 2\r\n" + headers + "\r\n{}");
    }

    private static String raw(TestAdmin admin, String request) throws IOException {
        try (RawHttp http = admin.connect()) {
            return http.send(request).response();
        }
    }
}
