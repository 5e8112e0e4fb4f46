package io.weir.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.admin.AdminException.Kind;
import io.weir.client.admin.DirectTokens.Purpose;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.wechat.codec.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectTokensTest {
    private static final Secret OLD = Secret.of("old");

    private final List<String> fetched = new ArrayList<>();
    private final CredentialFetcher issuer = (account, kind, force) -> {
        fetched.add(account + " " + force);
        return Future.succeededFuture(new FetchedCredential(Secret.of("fetched"), Duration.ofHours(2)));
    };

    @Test
    void stableModeFetchesWhateverIsShared() {
        DirectTokens tokens = tokens(TokenMode.STABLE, Optional.of(Future.succeededFuture(new Fleet())), false);

        assertThat(tokens.current("shop").result().reveal()).isEqualTo("fetched");
        assertThat(tokens.refused("shop", OLD).result().reveal()).isEqualTo("fetched");
        assertThat(fetched).containsExactly("shop false", "shop false");
    }

    @Test
    void classicModeAsksWhatTheFleetShares() {
        DirectTokens tokens = tokens(TokenMode.CLASSIC, Optional.of(Future.succeededFuture(new Fleet())), false);

        assertThat(tokens.current("shop").result().reveal()).isEqualTo("shared");
        assertThat(tokens.refused("shop", OLD).result().reveal()).isEqualTo("shared after old");
        assertThat(fetched).isEmpty();
    }

    @Test
    void classicModeAloneRefuses() {
        DirectTokens tokens = tokens(TokenMode.CLASSIC, Optional.empty(), false);

        assertThat(tokens.current("shop").cause())
                .isInstanceOfSatisfying(
                        AdminException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.HARMFUL))
                .hasMessageContaining("tokenMode: classic")
                .hasMessageContaining("--force");
        assertThat(fetched).isEmpty();
    }

    @Test
    void classicModeRefusesWhereTheFleetCannotBeJoined() {
        DirectTokens tokens = tokens(TokenMode.CLASSIC, Optional.of(Future.failedFuture("Redis is away")), false);

        assertThat(tokens.current("shop").cause()).hasMessageContaining("Redis, where the instances share it, cannot");
        assertThat(fetched).isEmpty();
    }

    @Test
    void classicModeAloneFetchesWhenForced() {
        DirectTokens tokens = tokens(TokenMode.CLASSIC, Optional.empty(), true);

        assertThat(tokens.current("shop").result().reveal()).isEqualTo("fetched");
    }

    private DirectTokens tokens(TokenMode mode, Optional<Future<SharedCredentials>> fleet, boolean force) {
        AccountConfig shop = new AccountConfig(
                "shop",
                "wx1",
                Secret.of("secret"),
                List.of(Secret.of("token")),
                List.of(),
                Mode.PLAINTEXT,
                Optional.empty(),
                mode,
                false,
                Optional.empty());
        return new DirectTokens(
                List.of(shop), issuer, fleet.map(each -> () -> each), new Purpose("127.0.0.1:8081", force));
    }

    /** Gives what all instances have. */
    private static final class Fleet implements SharedCredentials {
        @Override
        public Future<Secret> current(String account, CredentialKind kind) {
            return Future.succeededFuture(Secret.of("shared"));
        }

        @Override
        public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
            return Future.succeededFuture(Secret.of("shared after " + value.reveal()));
        }

        @Override
        public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
            throw new AssertionError("nobody wanted another one");
        }

        @Override
        public Future<List<CredentialState>> states(String account) {
            throw new AssertionError("nobody wanted to know");
        }
    }
}
