package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.Sessions.WrongTokens;
import io.weir.admin.TestAdmin.Reply;
import io.weir.http.RawHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to the console, and what its cookie is good for. */
@ExtendWith(VertxExtension.class)
class SessionTest {
    private static final String SESSION = "/api/v1/session";
    private static final String RIGHT = "{\"token\": \"" + TestAdmin.TOKEN.reveal() + "\"}";
    private static final String REFRESH = "/api/v1/accounts/main/token/refresh";

    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
    }

    @Test
    void beginsWithTheAdminToken() throws Exception {
        Reply reply = admin.send("POST", SESSION, RIGHT);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("set-cookie"))
                .matches("weir_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(admin.send("GET", SESSION, "").json())
                .isEqualTo(TestAdmin.parse("{\"needed\": true, \"open\": false}"));
        assertThat(admin.send("GET", SESSION, "", "Cookie", cookie(reply)).json())
                .isEqualTo(
                        TestAdmin.parse(
                                "{\"needed\": true, \"open\": true, \"name\": \"admin.token\", \"role\": \"operator\","
                                        + "\"rights\": [\"read\", \"reveal\", \"answers\", \"menu\", \"operate\", \"wechat\"]}"));
    }

    @Test
    void keepsTheCookieToTlsWhereTheBrowserCameByIt() throws Exception {
        assertThat(admin.send("POST", SESSION, RIGHT, "X-Forwarded-Proto", "https")
                        .header("set-cookie"))
                .endsWith("; SameSite=Strict; Secure");
    }

    @Test
    void countsAsTheBearerButForCredentials() throws Exception {
        String cookie = logIn();

        for (String path : List.of("/health", "/metrics", "/api/v1/accounts", "/api/v1/pushes", "/api/v1/answers")) {
            assertThat(admin.send("GET", path, "", "Cookie", cookie).status())
                    .as(path)
                    .isEqualTo(200);
            assertThat(admin.send("GET", path, "").status()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/access-token", "/jsapi-ticket")) {
            assertThat(admin.send("GET", "/api/v1/accounts/main" + path, "", "Cookie", cookie, "X-Weir-Console", "1")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(admin.bodies()).noneMatch(body -> body.contains("SECRET-"));
    }

    @Test
    void handsOutNoTokenToTheCookieWhenOneWasRefused() throws Exception {
        Reply reply = admin.send(
                "POST",
                "/api/v1/accounts/main/access-token/refused",
                "{\"token\": \"x\"}",
                "Cookie",
                logIn(),
                "X-Weir-Console",
                "1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("next")).isFalse();
    }

    @Test
    void changesSomethingWithTheConsolesHeader() throws Exception {
        assertThat(admin.send("POST", REFRESH, "", "Cookie", logIn(), "X-Weir-Console", "1")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Weir-Console: 0\r\n", "X-Weir-Console: \r\n"})
    void changesNothingWithoutTheConsolesHeader(String header) throws Exception {
        String cookie = logIn();

        assertThat(post(REFRESH, "Host: localhost\r\nCookie: " + cookie + "\r\n" + header))
                .startsWith("HTTP/1.1 403")
                .contains("\"title\":\"The console's header is missing\"");
        assertThat(post("/api/v1/pushes/1/replay", "Host: localhost\r\nCookie: " + cookie + "\r\n" + header))
                .startsWith("HTTP/1.1 403");
        assertThat(admin.credentials.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost:3000", "null"})
    void changesNothingForPagesOfOtherOrigins(String origin) throws Exception {
        String headers = "Host: localhost:8081\r\nX-Weir-Console: 1\r\nCookie: " + logIn() + "\r\n";

        assertThat(post(REFRESH, headers + "Origin: " + origin + "\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("\"title\":\"A page of another origin may not ask this\"");
        assertThat(post(REFRESH, headers + "Origin: http://localhost:8081\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void isNotBegunOrEndedByPagesOfOtherOrigins() throws Exception {
        String cookie = logIn();

        assertThat(post(SESSION, "Host: localhost\r\nOrigin: http://evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(admin.send("DELETE", SESSION, "", "Cookie", cookie).status()).isEqualTo(403);
        assertThat(isOpen(cookie)).isTrue();
    }

    @Test
    void needsNoHeaderOfTheBearer() throws Exception {
        assertThat(admin.post(REFRESH, "").status()).isEqualTo(200);
    }

    @Test
    void refusesAnotherTokenAndCountsIt() throws Exception {
        Reply wrong = admin.send("POST", SESSION, "{\"token\": \"adminTokenGreen4\"}");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("set-cookie")).isEmpty();
        assertThat(wrong.text()).doesNotContain("adminToken");
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void letsTheRightTokenInAtOnceBesideGuessesOfItsOwnAddress() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(admin.send("POST", SESSION, "{\"token\": \"x\"}").status())
                    .isEqualTo(401);
        }
        List<RawHttp> guesses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            guesses.add(admin.connect().send(guess()));
        }
        long began = System.nanoTime();

        assertThat(admin.send("POST", SESSION, RIGHT).status()).isEqualTo(204);
        assertThat(admin.send("GET", "/health", "", "Authorization", "Bearer " + TestAdmin.TOKEN.reveal())
                        .status())
                .isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        List<String> statuses = new ArrayList<>();
        for (RawHttp guess : guesses) {
            statuses.add(guess.response().substring(9, 12));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(3_500));
        assertThat(statuses).filteredOn("401"::equals).hasSize(10);
        assertThat(statuses).filteredOn("429"::equals).hasSize(10);
        assertThat(refused()).isEqualTo(30);
        for (RawHttp guess : guesses) {
            guess.close();
        }
    }

    @Test
    void slowsGuessesAtBearersOfOneAddressAndNeverTheRightOne() throws Exception {
        for (int i = 0; i < 11; i++) {
            admin.send("GET", "/health", "", "Authorization", "Bearer wrong");
        }
        long began = System.nanoTime();

        assertThat(admin.send("GET", "/api/v1/nothing", "", "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
        began = System.nanoTime();
        assertThat(admin.send("GET", "/health", "", "Authorization", "Bearer " + TestAdmin.TOKEN.reveal())
                        .status())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(990));
    }

    @Test
    void letsGuessesWaitByNetworkAndRemembersAThousand() {
        WrongTokens wrong = admin.sessions.wrongTokens();
        for (int i = 0; i < 10; i++) {
            assertThat(wrong.note("2001:db8::" + i)).isZero();
        }

        assertThat(wrong.note("2001:db8::ffff")).isEqualTo(Duration.ofMillis(500));
        assertThat(wrong.note("2001:db8::1")).isEqualTo(Duration.ofSeconds(1));
        assertThat(wrong.note("2001:db8:0:1::1")).isZero();
        assertThat(wrong.note("10.0.0.1")).isZero();
        admin.console.clock.pass(Duration.ofMinutes(10));
        assertThat(wrong.note("2001:db8::1")).isZero();
        for (int i = 0; i < 1_500; i++) {
            wrong.note("10.0." + i / 200 + "." + i % 200);
        }
        assertThat(wrong.networks()).isEqualTo(1_000);
    }

    @Test
    void countsWrongBearersAsWell() throws Exception {
        admin.send("GET", "/health", "", "Authorization", "Bearer wrong");
        admin.send("GET", "/health", "");

        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void readsNoMoreOfAVisitorThanATokenTakes() throws Exception {
        String token = "x".repeat(4_000);

        assertThat(admin.send("POST", SESSION, "{\"token\": \"" + token + "\"}").status())
                .isEqualTo(401);
        assertThat(admin.send("POST", SESSION, "{\"token\": \"" + token.repeat(2) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void readsTheBodyStrictly() throws Exception {
        assertThat(admin.send("POST", SESSION, "{}").status()).isEqualTo(400);
        assertThat(admin.send("POST", SESSION, "{\"token\": 1}").status()).isEqualTo(400);
        assertThat(admin.send("POST", SESSION, "{\"password\": \"x\"}").status())
                .isEqualTo(400);
    }

    @Test
    void endsWithTheLogout() throws Exception {
        String cookie = logIn();

        Reply reply = admin.send("DELETE", SESSION, "", "Cookie", cookie, "X-Weir-Console", "1");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("set-cookie")).startsWith("weir_session=; ").endsWith("; Max-Age=0");
        assertThat(isOpen(cookie)).isFalse();
    }

    @Test
    void endsTwelveHoursAfterItsLastRequest() throws Exception {
        String cookie = logIn();
        admin.console.clock.pass(Duration.ofHours(12).minusMillis(1));
        assertThat(isOpen(cookie)).isTrue();
        admin.console.clock.pass(Duration.ofHours(12).minusMillis(1));
        assertThat(isOpen(cookie)).isTrue();

        admin.console.clock.pass(Duration.ofHours(12));

        assertThat(isOpen(cookie)).isFalse();
        assertThat(admin.send("GET", "/health", "", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void endsAfterSevenDaysInAllCases() throws Exception {
        String cookie = logIn();
        for (int i = 0; i < 15; i++) {
            admin.console.clock.pass(Duration.ofHours(11));
            assertThat(isOpen(cookie)).isTrue();
        }

        admin.console.clock.pass(Duration.ofHours(3));

        assertThat(isOpen(cookie)).isFalse();
    }

    @Test
    void isFoundBehindACookieOfTheSameName() throws Exception {
        assertThat(isOpen("weir_session=planted; " + logIn())).isTrue();
    }

    @Test
    void endsWhenAHundredOthersHaveBegun() throws Exception {
        String first = logIn();
        String second = logIn();
        isOpen(first);
        for (int i = 0; i < 99; i++) {
            logIn();
        }

        assertThat(isOpen(second)).isFalse();
        assertThat(isOpen(first)).isTrue();
        assertThat(admin.sessions.size()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weir_session=", "weir_session", "weir_session=x", "other=y", "="})
    void isNotOpenedByAnyCookie(String cookie) throws Exception {
        logIn();

        assertThat(isOpen(cookie)).isFalse();
    }

    @Test
    void isFoundAmongOtherCookies() throws Exception {
        assertThat(isOpen("a=b; " + logIn() + "; c=d")).isTrue();
    }

    @Test
    void isNotNeededWhereNoTokenIsSet(Vertx vertx) throws Exception {
        TestAdmin open = TestAdmin.start(vertx, Optional.empty());

        assertThat(open.send("GET", SESSION, "").json().toString())
                .startsWith("{\"needed\":false,\"open\":true,\"name\":\"local\",\"role\":\"operator\"");
        assertThat(open.send("POST", SESSION, RIGHT).header("set-cookie")).isEmpty();
        assertThat(open.send("GET", "/api/v1/accounts/main/access-token", "").status())
                .isEqualTo(401);
    }

    private double refused() {
        return admin.console
                .metrics
                .get("weir.console.logins.refused")
                .functionCounter()
                .count();
    }

    private static String guess() {
        return "POST " + SESSION + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{\"token\":\"x\"}";
    }

    private boolean isOpen(String cookie) throws Exception {
        return admin.send("GET", SESSION, "", "Cookie", cookie)
                .json()
                .path("open")
                .asBoolean();
    }

    private String logIn() throws Exception {
        return cookie(admin.send("POST", SESSION, RIGHT));
    }

    private static String cookie(Reply reply) {
        return reply.header("set-cookie").replaceFirst(";.*", "");
    }

    private String post(String path, String headers) throws Exception {
        try (RawHttp http = admin.connect()) {
            return http.send("POST " + path + " HTTP/1.1\r\nContent-Length: 0\r\n" + headers + "\r\n")
                    .response();
        }
    }
}
