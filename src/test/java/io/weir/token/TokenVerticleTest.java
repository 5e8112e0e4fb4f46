package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.AccessTokens;
import io.weir.client.BusAccessTokens;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.Await;
import io.weir.token.TokenVerticle.TokenLimits;
import io.weir.wechat.codec.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final BusAccessTokens tokens = new BusAccessTokens(vertx, Duration.ofSeconds(6));
    private final AtomicInteger fetches = new AtomicInteger();

    @BeforeEach
    void install() {
        IdentityCodec.install(vertx);
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void answersOverTheBus() {
        deploy(this::counted);

        AccessTokens asked = tokens;

        assertThat(Await.result(asked.current("main"))).isEqualTo(Secret.of("ACCESS_TOKEN main 1"));
        assertThat(Await.result(asked.current("main"))).isEqualTo(Secret.of("ACCESS_TOKEN main 1"));
        assertThat(Await.result(asked.refused("main", Secret.of("ACCESS_TOKEN main 1"))))
                .isEqualTo(Secret.of("ACCESS_TOKEN main 2"));
    }

    @Test
    void keepsTicketsAndAccountsApart() {
        deploy(this::counted);

        assertThat(Await.result(tokens.current("main", CredentialKind.JSAPI_TICKET)))
                .isEqualTo(Secret.of("JSAPI_TICKET main 1"));
        assertThat(Await.result(tokens.current("other", CredentialKind.ACCESS_TOKEN)))
                .isEqualTo(Secret.of("ACCESS_TOKEN other 2"));
        assertThat(Await.result(tokens.renew("main", CredentialKind.JSAPI_TICKET, false)))
                .isEqualTo(Secret.of("JSAPI_TICKET main 3"));
    }

    @Test
    void showsHowItsCredentialsAreButNoValue() {
        deploy(this::counted);
        Await.result(tokens.current("main"));

        List<CredentialState> states = Await.result(tokens.states("main"));

        assertThat(states).hasSize(1);
        assertThat(states.get(0).kind()).isEqualTo(CredentialKind.ACCESS_TOKEN);
        assertThat(states.get(0).source()).contains(Source.FETCHED_HERE);
        assertThat(states.toString()).doesNotContain("ACCESS_TOKEN main");
        assertThat(Await.result(tokens.states("other"))).isEmpty();
    }

    @Test
    void handsFailuresOnAsTheyAre() {
        WeChatException failure = WeChatException.of(Kind.GARBAGE, "<html>");
        deploy((account, kind, force) -> Future.failedFuture(failure));

        assertThat(failureOf(tokens.current("main"))).isSameAs(failure);
        assertThat(failureOf(tokens.current("unknown")).kind()).isEqualTo(Kind.STOPPED);
    }

    @Test
    void answersWhenTheIssuerThrows() {
        deploy((account, kind, force) -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(failureOf(tokens.current("main")).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void failsWhenThereIsNoKeeper() {
        assertThat(failureOf(tokens.current("main")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private Future<FetchedCredential> counted(String account, CredentialKind kind, boolean force) {
        String value = kind + " " + account + " " + fetches.incrementAndGet();
        return Future.succeededFuture(new FetchedCredential(Secret.of(value), Duration.ofHours(2)));
    }

    private void deploy(CredentialFetcher issuer) {
        Await.result(vertx.deployVerticle(new TokenVerticle(
                List.of(account("main"), account("other")),
                new MemoryTokenStore(System::nanoTime),
                issuer,
                TokenLimits.of(Duration.ofSeconds(5)))));
    }

    private static AccountConfig account(String name) {
        return new AccountConfig(
                name,
                "wx-" + name,
                Secret.of("secret"),
                List.of(Secret.of("t")),
                List.of(),
                Mode.PLAINTEXT,
                Optional.empty(),
                TokenMode.STABLE,
                false,
                Optional.empty());
    }

    private static WeChatException failureOf(Future<Secret> answer) {
        Await.until("an answer", answer::isComplete);
        assertThat(answer.cause()).isInstanceOf(WeChatException.class);
        return (WeChatException) answer.cause();
    }
}
