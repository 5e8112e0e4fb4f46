package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class CredentialRoutesTest {
    private static final String MAIN = "/api/v1/accounts/main/";
    private final WeChatException notWhitelisted = WeChatException.refused(
            ErrorCode.of(40164),
            "invalid ip 192.0.2.7, not in whitelist rid: 6a0f8a11-0b0c0d0e-01020304",
            Optional.of("6a0f8a11-0b0c0d0e-01020304"));

    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
    }

    @Test
    void tellsHowTheCredentialsAre() throws Exception {
        admin.credentials.value(CredentialKind.ACCESS_TOKEN);

        assertThat(admin.get(MAIN + "token").json()).isEqualTo(TestAdmin.parse("""
                        {"account": "main", "accessToken": {"source": "fetched_here", "ageSeconds": 61,
                          "expiresInSeconds": 7139, "nextRenewalSeconds": 6839, "fetchesToday": 1, "stopped": false,
                          "storeAway": false}}"""));
    }

    @Test
    void saysThatNobodyHasAskedYet() throws Exception {
        assertThat(admin.get(MAIN + "token").json()).isEqualTo(TestAdmin.parse("{\"account\": \"main\"}"));
    }

    @Test
    void tellsWhyThereIsNoneAndWhatHelpsInBothLanguages() throws Exception {
        admin.credentials.fail(notWhitelisted);
        ErrorCode code = ErrorCode.of(40164);

        Reply reply = admin.get(MAIN + "token");

        assertThat(reply.json().path("jsapiTicket")).isEqualTo(reply.json().path("accessToken"));
        assertThat(reply.json().at("/accessToken/stopped").asBoolean()).isTrue();
        assertThat(reply.json().at("/accessToken/pausedSeconds").asInt()).isEqualTo(300);
        assertThat(reply.json().at("/accessToken/source").isMissingNode()).isTrue();
        assertThat(reply.json().at("/accessToken/lastError"))
                .isEqualTo(admin.get(MAIN + "token").json().at("/accessToken/lastError"))
                .hasToString("{\"kind\":\"refused\",\"errcode\":40164,\"errmsg\":\"" + notWhitelisted.errmsg()
                        + "\",\"rid\":\"6a0f8a11-0b0c0d0e-01020304\",\"meaning\":\"" + code.meaning()
                        + "\",\"remedy\":\""
                        + code.remedy() + "\",\"meaningZh\":\"" + code.chineseMeaning() + "\",\"remedyZh\":\""
                        + code.chineseRemedy() + "\",\"message\":\"40164 " + notWhitelisted.errmsg() + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``|``", "`{}`|``", "`{\"force\": false}`|``", "`{\"force\": true}`|` by force`"})
    void fetchesAnotherTokenAsTheOperatorWants(String body, String how) throws Exception {
        admin.credentials.value(CredentialKind.ACCESS_TOKEN);

        Reply reply = admin.post(MAIN + "token/refresh", body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/accessToken/fetchesToday").asInt()).isEqualTo(2);
        assertThat(admin.credentials.asked).first().isEqualTo("renew main ACCESS_TOKEN" + how);
    }

    @Test
    void givesTheTokenAndTheTicketToTheBearer() throws Exception {
        assertThat(admin.get(MAIN + "access-token").json())
                .isEqualTo(TestAdmin.parse("{\"access_token\": \""
                        + admin.credentials.value(CredentialKind.ACCESS_TOKEN) + "\", \"expires_in\": 7139}"));
        assertThat(admin.get("/api/v1/accounts/club/jsapi-ticket").json())
                .isEqualTo(TestAdmin.parse("{\"ticket\": \"" + admin.credentials.value(CredentialKind.JSAPI_TICKET)
                        + "\", \"expires_in\": 7139}"));
    }

    @Test
    void dropsATokenThatWasRefusedAndGivesTheNext() throws Exception {
        String refused = admin.credentials.value(CredentialKind.ACCESS_TOKEN);

        Reply reply = admin.post(MAIN + "access-token/refused", "{\"token\": \"" + refused + "\"}");

        String next = admin.credentials.value(CredentialKind.ACCESS_TOKEN);
        assertThat(next).isNotEqualTo(refused);
        assertThat(reply.json().at("/next/access_token").asText()).isEqualTo(next);
        assertThat(reply.json().at("/next/expires_in").asInt()).isEqualTo(7139);
        assertThat(reply.json().at("/accessToken/fetchesToday").asInt()).isEqualTo(2);
        assertThat(reply.text()).doesNotContain(refused);
    }

    @Test
    void keepsATokenWhenAnotherWasRefused() throws Exception {
        String current = admin.credentials.value(CredentialKind.ACCESS_TOKEN);

        Reply reply = admin.post(MAIN + "access-token/refused", "{\"token\": \"an older one\"}");

        assertThat(reply.json().at("/next/access_token").asText()).isEqualTo(current);
        assertThat(admin.credentials.issued()).hasSize(1);
    }

    @Test
    void takesARefusalFromAnybodyOnTheMachineAndGivesTheNextToTheBearerOnly(Vertx vertx) throws Exception {
        TestAdmin tokenless = TestAdmin.start(vertx, Optional.empty());
        String refused = tokenless.credentials.value(CredentialKind.ACCESS_TOKEN);

        Reply reply = tokenless.post(MAIN + "access-token/refused", "{\"token\": \"" + refused + "\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("next")).isFalse();
        assertThat(reply.json().at("/accessToken/fetchesToday").asInt()).isEqualTo(2);
        assertThat(reply.text()).doesNotContain(tokenless.credentials.issued());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"token\": \" \"}", "{\"token\": 1}", "{\"token\": \"x\", \"force\": true}"})
    void wantsTheTokenThatWasRefused(String body) throws Exception {
        assertThat(admin.post(MAIN + "access-token/refused", body).status()).isEqualTo(400);
        assertThat(admin.credentials.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 502, WeChat cannot be reached",
        "NO_ANSWER, 504, WeChat has not answered",
        "GARBAGE, 502, WeChat's answer is not understood",
        "OVER_BUDGET, 429, The budget for this call is used up"
    })
    void saysWhatKeptWeChatFromAnswering(Kind kind, int status, String title) throws Exception {
        admin.credentials.fail(WeChatException.of(kind, "words of the failure"));

        for (Reply reply : asked()) {
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
            assertThat(reply.json().path("title").asText()).isEqualTo(title);
            assertThat(reply.json().path("detail").asText()).isEqualTo("words of the failure");
            assertThat(reply.json().path("kind").asText()).isEqualToIgnoringCase(kind.name());
            assertThat(reply.json().path("meaningZh").asText()).containsPattern("\\p{IsHan}");
            assertThat(reply.json().has("errcode")).isFalse();
        }
    }

    @Test
    void saysWhatWeChatHasRefused() throws Exception {
        admin.credentials.fail(notWhitelisted);
        ErrorCode code = ErrorCode.of(40164);

        for (Reply reply : asked()) {
            assertThat(reply.text())
                    .isEqualTo("{\"title\":\"WeChat has refused the call\",\"status\":502,\"detail\":\"40164 "
                            + notWhitelisted.errmsg() + "\",\"kind\":\"refused\",\"errcode\":40164,\"errmsg\":\""
                            + notWhitelisted.errmsg() + "\",\"rid\":\"6a0f8a11-0b0c0d0e-01020304\",\"meaning\":\""
                            + code.meaning() + "\",\"remedy\":\"" + code.remedy() + "\",\"meaningZh\":\""
                            + code.chineseMeaning() + "\",\"remedyZh\":\"" + code.chineseRemedy() + "\"}");
        }
    }

    @Test
    void saysWhatHasStoppedTheCalls() throws Exception {
        admin.credentials.fail(WeChatException.stopped("not called until later", notWhitelisted));

        for (Reply reply : asked()) {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("kind").asText()).isEqualTo("stopped");
            assertThat(reply.json().path("errcode").asInt()).isEqualTo(40164);
            assertThat(reply.json().path("remedy").asText())
                    .isEqualTo(ErrorCode.of(40164).remedy());
        }
    }

    @Test
    void giveNoPartOfAValueAwayButWhereItIsAskedFor(Vertx vertx) throws Exception {
        TestAdmin tokenless = TestAdmin.start(vertx, Optional.empty());
        for (TestAdmin each : List.of(admin, tokenless)) {
            each.credentials.value(CredentialKind.ACCESS_TOKEN);
            each.credentials.value(CredentialKind.JSAPI_TICKET);
            askForEverything(each);
            each.credentials.fail(notWhitelisted);
            askForEverything(each);

            List<String> secrets = new ArrayList<>(each.credentials.issued());
            secrets.addAll(List.of("secretGreen1", "pushTokenRed2", "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0"));
            secrets.add(TestAdmin.TOKEN.reveal());
            assertThat(secrets).hasSizeGreaterThan(6);
            assertThat(each.bodies())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(body -> assertThat(body).doesNotContain(secrets).doesNotContain("SECRET-"));
        }
    }

    /**
     * But for the two values: with the bearer and without. Logins aside, which wait for each other, as all wrong tokens do: they are
     * refused before the route is known, so a few of them say as much as many.
     */
    private static void askForEverything(TestAdmin admin) throws Exception {
        String token = "{\"token\": \"" + admin.credentials.value(CredentialKind.ACCESS_TOKEN) + "\"}";
        List<OpenApiDocument.Operation> operations = OpenApiDocument.SHIPPED.operations().stream()
                .filter(operation ->
                        !operation.isStream() && !operation.toString().equals("POST /api/v1/session"))
                .toList();
        int wrong = 0;
        for (OpenApiDocument.Operation operation : operations) {
            String path = operation
                    .path()
                    .replace("{account}", "main")
                    .replace("{instance}", "host-abc123")
                    .replace("{openid}", "oABCDEFGHIJKLMNOPQRSTUVWXYZ1")
                    .replace("{menuId}", "430000002")
                    .replace("{path}", "cgi-bin/user/info")
                    .replace("{id}", "1");
            String body = operation.method().equals("POST") ? token : "";
            boolean isValue = path.endsWith("/access-token") || path.endsWith("/jsapi-ticket");
            admin.send(operation.method(), path, body);
            if (!isValue && !path.endsWith("/refused")) {
                admin.send(operation.method(), path, "", "Authorization", "Bearer " + TestAdmin.TOKEN.reveal());
                if (wrong++ < 3) {
                    admin.send(operation.method(), path, body, "Authorization", "Bearer x");
                }
            }
        }
    }

    /** All that asks the keeper for a credential. */
    private List<Reply> asked() throws Exception {
        return List.of(
                admin.post(MAIN + "token/refresh", ""),
                admin.get(MAIN + "access-token"),
                admin.post(MAIN + "access-token/refused", "{\"token\": \"x\"}"),
                admin.get(MAIN + "jsapi-ticket"),
                admin.get(MAIN + "callback-ips"),
                admin.get(MAIN + "callback-check"));
    }
}
