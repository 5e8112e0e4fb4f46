package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.http.api.Right;
import io.weir.journal.TestPushPort;
import io.weir.wechat.message.Reply;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AdminTokenTest {
    private static final String ACCOUNT = "/api/v1/accounts/main/";

    @Test
    void readsWhatEachTokenMayDo() {
        AdminConfig config = read("""
                admin:
                  token: operator-1
                  tokens:
                    shop: { secret: shop-1, may: ["wechat:main", "wechat:club", read] }
                    menus: { secret: menus-1, may: menu }
                accounts: { main: {}, club: {} }
                """, new Problems()).orElseThrow();

        assertThat(config.tokens()).extracting(AdminToken::name).containsExactly("shop", "menus");
        assertThat(config.tokens().get(0).rights()).containsOnly(Right.READ, Right.WECHAT);
        assertThat(config.tokens().get(0).words()).isEqualTo("read, wechat:club, wechat:main");
        assertThat(config.tokens().get(1).rights()).containsOnly(Right.MENU);
        assertThat(config.toString()).doesNotContain("operator-1", "shop-1", "menus-1");
    }

    @Test
    void rolesAreNamedSetsOfRights() {
        AdminConfig config = read("""
                admin:
                  token: operator-1
                  tokens:
                    anna: { secret: anna-1, may: viewer }
                    bo: { secret: bo-1, may: editor }
                    chen: { secret: chen-1, may: [operator, "wechat:main"] }
                    dan: { secret: dan-1, may: [editor, operate] }
                accounts: { main: {}, club: {} }
                """, new Problems()).orElseThrow();

        assertThat(config.tokens())
                .extracting(AdminToken::role)
                .containsExactly(
                        Optional.of("viewer"), Optional.of("editor"), Optional.of("operator"), Optional.empty());
        assertThat(config.tokens().get(0).rights()).containsOnly(Right.READ);
        assertThat(config.tokens().get(1).words()).isEqualTo("read, answers, menu");
        assertThat(config.tokens().get(2).may(Right.WECHAT, Optional.of("club")))
                .isTrue();
        assertThat(config.tokens().get(3).words()).isEqualTo("read, answers, menu, operate");
    }

    @Test
    void logsInWithAnyTokenAndMayThenWhatTheTokenMay(Vertx vertx) throws Exception {
        TestAdmin admin = admin(vertx, new FakeApi(vertx), "viewer");
        String cookie = admin.send("POST", "/api/v1/session", "{\"token\": \"shop-1\"}")
                .header("set-cookie")
                .replaceFirst(";.*", "");

        assertThat(admin.send("GET", "/api/v1/session", "", "Cookie", cookie).json())
                .isEqualTo(
                        TestAdmin.parse("{\"needed\": true, \"open\": true, \"name\": \"shop\", \"role\": \"viewer\","
                                + "\"rights\": [\"read\"]}"));
        assertThat(admin.send("GET", "/api/v1/pushes", "", "Cookie", cookie).status())
                .isEqualTo(200);
        assertThat(admin.send("GET", "/api/v1/pushes/1?reveal=true", "", "Cookie", cookie)
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("POST", ACCOUNT + "token/refresh", "", "Cookie", cookie, "X-Weir-Console", "1")
                        .json()
                        .path("detail")
                        .asText())
                .startsWith("This needs the right operate; the token shop has read.");
        assertThat(admin.send("GET", "/api/v1/audit", "", "Cookie", cookie).status())
                .isEqualTo(403);
    }

    @Test
    void whoHasLoggedInCannotFindOutWhatTheTokenMayNotReveal(Vertx vertx) throws Exception {
        TestAdmin admin = admin(vertx, new FakeApi(vertx), "viewer");
        admin.console.club.answered(admin.console.club.plain(TestPushPort.text("my secret")), Reply.NONE);
        String cookie = admin.send("POST", "/api/v1/session", "{\"token\": \"shop-1\"}")
                .header("set-cookie")
                .replaceFirst(";.*", "");

        assertThat(admin.send("GET", "/api/v1/pushes", "", "Cookie", cookie)
                        .json()
                        .path("pushes"))
                .hasSize(1);
        assertThat(admin.send("GET", "/api/v1/pushes?text=secret", "", "Cookie", cookie)
                        .json()
                        .path("pushes"))
                .isEmpty();
    }

    @Test
    void reportsAllThatIsWrongWithItAtOnce() {
        Problems problems = new Problems();

        assertThat(read("""
                admin:
                  tokens:
                    shop: { secret: one, may: [write, "wechat:nobody"] }
                    twin: { secret: one, may: read, expires: never }
                    idle: { secret: two }
                    bare: { may: read }
                accounts: { main: {} }
                """, problems)).isEmpty();

        assertThat(problems.errors())
                .extracting(problem -> problem.text())
                .anySatisfy(text -> assertThat(text).contains("weir.yaml:3", "admin.tokens.shop.may", "wechat:main"))
                .anySatisfy(
                        text -> assertThat(text).contains("weir.yaml:4", "admin.tokens.twin.secret", "another value"))
                .anySatisfy(text -> assertThat(text).contains("weir.yaml:4", "expires"))
                .anySatisfy(text -> assertThat(text).contains("weir.yaml:5", "admin.tokens.idle.may", "one or more"))
                .anySatisfy(text -> assertThat(text).contains("weir.yaml:6", "admin.tokens.bare.secret"))
                .anySatisfy(text -> assertThat(text).contains("admin.token", "for the operator"))
                .allSatisfy(text -> assertThat(text).doesNotContain("one\"").doesNotContain("\"two"));
    }

    @Test
    void wantsSixteenCharactersWhereOthersReachThePort() {
        String tokens = "token: fifteen-letters, tokens: { shop: { secret: letters-fifteen, may: read } } }\n";
        Problems open = new Problems();
        Problems local = new Problems();

        assertThat(read("admin: { host: 10.0.0.2, " + tokens, open)).isEmpty();
        assertThat(read("admin: { host: '::1', " + tokens, local)).isPresent();

        String rule =
                ": found a secret value; expected at least 16 characters, since others can reach 10.0.0.2; make one"
                        + " with: openssl rand -hex 24";
        assertThat(open.errors())
                .extracting(problem -> problem.text())
                .containsExactly("weir.yaml:1: admin.token" + rule, "weir.yaml:1: admin.tokens.shop.secret" + rule);
        assertThat(local.all()).isEmpty();
    }

    @Test
    void letsABackendCallWeChatForItsOwnAccountAndNothingElse(Vertx vertx) throws Exception {
        FakeApi api = new FakeApi(vertx).answering("{\"errcode\":0}");
        TestAdmin admin = admin(vertx, api, "wechat:main");

        assertThat(status(admin, "POST", ACCOUNT + "wechat/cgi-bin/message/custom/send"))
                .isEqualTo(200);
        assertThat(status(admin, "POST", "/api/v1/accounts/club/wechat/cgi-bin/message/custom/send"))
                .isEqualTo(403);
        for (String path :
                new String[] {"/health", "/metrics", ACCOUNT + "token", ACCOUNT + "access-token", ACCOUNT + "menu"}) {
            assertThat(status(admin, "GET", path)).as(path).isEqualTo(403);
        }
        assertThat(status(admin, "POST", ACCOUNT + "token/refresh")).isEqualTo(403);
        assertThat(status(admin, "POST", ACCOUNT + "access-token/refused")).isEqualTo(403);
        assertThat(api.received()).hasSize(1);
    }

    @Test
    void namesTheRightThatIsMissing(Vertx vertx) throws Exception {
        TestAdmin admin = admin(vertx, new FakeApi(vertx), "read");

        assertThat(admin.send("DELETE", ACCOUNT + "menu", "", "Authorization", "Bearer shop-1")
                        .json()
                        .path("detail")
                        .asText())
                .startsWith("This needs the right menu; the token shop has read.");
    }

    @Test
    void showsAReaderNeitherCredentialsNorPersonalData(Vertx vertx) throws Exception {
        TestAdmin admin = admin(vertx, new FakeApi(vertx), "read");

        assertThat(status(admin, "GET", "/api/v1/pushes")).isEqualTo(200);
        assertThat(status(admin, "GET", "/api/v1/pushes/1?reveal=false")).isEqualTo(410);
        assertThat(status(admin, "GET", "/api/v1/pushes/1?reveal=true")).isEqualTo(403);
        assertThat(status(admin, "GET", "/api/v1/pushes/1?%72eveal=true")).isEqualTo(403);
        assertThat(status(admin, "GET", ACCOUNT + "access-token")).isEqualTo(403);
        assertThat(status(admin, "GET", ACCOUNT + "jsapi-ticket")).isEqualTo(403);
    }

    @Test
    void theOperatorsTokenMayDoAll() {
        AdminToken operator = AdminToken.ofOperator(Secret.of("operator-1"));

        for (Right right : EnumSet.allOf(Right.class)) {
            assertThat(operator.may(right, Optional.of("club"))).isTrue();
        }
    }

    private static int status(TestAdmin admin, String method, String path) throws Exception {
        return admin.send(method, path, "", "Authorization", "Bearer shop-1").status();
    }

    private static TestAdmin admin(Vertx vertx, FakeApi api, String may) throws Exception {
        AdminConfig config = read(
                        "admin: { port: 0, token: operator-1, tokens: { shop: { secret: shop-1, may: [\"" + may
                                + "\"] } } }\naccounts: { main: {}, club: {} }\n",
                        new Problems())
                .orElseThrow();
        return TestAdmin.start(vertx, config, new KeptCredentials(() -> "80_token"), api.uri());
    }

    private static Optional<AdminConfig> read(String yaml, Problems problems) {
        return AdminConfig.read(Section.parse("weir.yaml", yaml, problems));
    }
}
