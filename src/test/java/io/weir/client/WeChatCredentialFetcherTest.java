package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WeChatCredentialFetcherTest {
    private FakeApi api;
    private TestClient test;
    private WeChatCredentialFetcher issuer;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        test = new TestClient(vertx, api.uri());
        issuer = new WeChatCredentialFetcher(test.client, TestClient.ACCOUNTS);
    }

    @Test
    void fetchesTheStableToken() throws Exception {
        api.answering("{\"access_token\":\"80_new\",\"expires_in\":345}");

        FetchedCredential issued = token("main", false);

        assertThat(issued).isEqualTo(new FetchedCredential(Secret.of("80_new"), Duration.ofSeconds(345)));
        assertThat(api.only().method()).isEqualTo("POST");
        assertThat(api.only().path()).isEqualTo("/cgi-bin/stable_token");
        assertThat(api.only().query()).isEqualTo("null");
        assertThat(api.only().body())
                .isEqualTo("{\"grant_type\":\"client_credential\",\"appid\":\"" + TestClient.APP_ID + "\",\"secret\":\""
                        + TestClient.APP_SECRET + "\",\"force_refresh\":false}");
        assertThat(Futures.get(issuer.fetchedToday("main"))).isEqualTo(1);
    }

    @Test
    void asksAgainWhenTheOperatorSaysThatItIsMended() throws Exception {
        api.answering(
                "{\"errcode\":40164,\"errmsg\":\"invalid ip\"}", "{\"access_token\":\"80_new\",\"expires_in\":7200}");
        assertThat(Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false))
                        .kind())
                .isEqualTo(Kind.STOPPED);

        issuer.insist("main");

        assertThat(token("main", false).value()).isEqualTo(Secret.of("80_new"));
    }

    @Test
    void forcesANewStableTokenRarely() throws Exception {
        api.answering("{\"access_token\":\"80_new\",\"expires_in\":\"7200\"}");

        assertThat(token("main", true).life()).isEqualTo(Duration.ofHours(2));
        WeChatException tooEarly = Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, true));

        assertThat(tooEarly.kind()).isEqualTo(Kind.OVER_BUDGET);
        assertThat(api.only().body()).contains("\"force_refresh\":true");
        assertThat(Futures.get(issuer.fetchedToday("main"))).isEqualTo(1);
    }

    @Test
    void fetchesTheClassicToken() throws Exception {
        api.answering("{\"access_token\":\"80_new\",\"expires_in\":7200}");

        token("classic", false);

        assertThat(api.only().method()).isEqualTo("GET");
        assertThat(api.only().path()).isEqualTo("/cgi-bin/token");
        assertThat(api.only().query().split("&", -1))
                .containsExactlyInAnyOrder(
                        "grant_type=client_credential",
                        "appid=" + TestClient.APP_ID,
                        "secret=" + TestClient.APP_SECRET);
        assertThat(Futures.get(issuer.fetchedToday("classic"))).isEqualTo(1);
    }

    @Test
    void fetchesTheTicketWithTheToken() throws Exception {
        api.answering(
                "{\"errcode\":42001,\"errmsg\":\"expired\"}",
                "{\"errcode\":0,\"errmsg\":\"ok\",\"ticket\":\"kgt8ON7yVITDhtdwci0qeZ\",\"expires_in\":7200}");

        FetchedCredential issued = Futures.get(issuer.issue("main", CredentialKind.JSAPI_TICKET, false));

        assertThat(issued.value()).isEqualTo(Secret.of("kgt8ON7yVITDhtdwci0qeZ"));
        assertThat(api.received()).hasSize(2).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/cgi-bin/ticket/getticket");
            assertThat(request.query()).startsWith("access_token=").endsWith("&type=jsapi");
        });
    }

    @Test
    void repeatsNothing() throws Exception {
        api.answering("{\"errcode\":-1,\"errmsg\":\"system error\"}");

        Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false));

        assertThat(api.received()).hasSize(1);
    }

    @Test
    void stopsFetchingWhenTheAppSecretIsWrong() throws Exception {
        api.answering("{\"errcode\":40001,\"errmsg\":\"invalid credential\"}");

        WeChatException refused = Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false));
        WeChatException stopped = Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false));

        assertThat(refused.code().orElseThrow().conduct()).isEqualTo(ErrorPolicy.STOP);
        assertThat(stopped.kind()).isEqualTo(Kind.STOPPED);
        assertThat(api.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\",\"expires_in\":7200}",
                "{\"access_token\":\" \",\"expires_in\":7200}",
                "{\"access_token\":\"80_a b\",\"expires_in\":7200}",
                "{\"access_token\":null,\"expires_in\":7200}",
                "{\"access_token\":{\"a\":1},\"expires_in\":7200}",
                "{\"access_token\":\"80_new\"}",
                "{\"access_token\":\"80_new\",\"expires_in\":0}",
                "{\"access_token\":\"80_new\",\"expires_in\":-1}",
                "{\"access_token\":\"80_new\",\"expires_in\":\"soon\"}",
                "{\"access_token\":\"80_new\",\"expires_in\":99999999999999}",
                "{\"access_token\":\"80_new\",\"expires_in\":7200",
                "<html>80_newTokenOfThisAccount</html>",
                ""
            })
    void takesNothingElseForAToken(String body) throws Exception {
        api.answering(body);

        WeChatException failure = Futures.failure(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false));

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure).hasMessageNotContaining("80_new");
    }

    private FetchedCredential token(String account, boolean force) throws Exception {
        return Futures.get(issuer.issue(account, CredentialKind.ACCESS_TOKEN, force));
    }
}
