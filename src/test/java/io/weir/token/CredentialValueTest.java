package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.config.Secret;
import io.weir.token.TokenRoutes.CredentialValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialValueTest {
    @Test
    void tellsTheLifeOfTheValueThatItGivesEvenWhenARenewalComesBetween() {
        RenewedWhileAsked keeper = new RenewedWhileAsked(1);

        assertThat(answer(keeper)).isEqualTo("{\"access_token\":\"token-1\",\"expires_in\":1001}");
    }

    @Test
    void tellsNoLifeRatherThanThatOfAnotherValue() {
        RenewedWhileAsked keeper = new RenewedWhileAsked(Integer.MAX_VALUE);

        assertThat(answer(keeper)).matches("\\{\"access_token\":\"token-\\d\"}");
    }

    private static String answer(SharedCredentials keeper) {
        return new CredentialValue(keeper, CredentialKind.ACCESS_TOKEN)
                .of("main")
                .result()
                .toString();
    }

    /** The next token comes just before the question how it is, the first times. */
    private static final class RenewedWhileAsked implements SharedCredentials {
        private final int times;
        private int renewals;

        RenewedWhileAsked(int times) {
            this.times = times;
        }

        @Override
        public Future<Secret> current(String account, CredentialKind kind) {
            return Future.succeededFuture(Secret.of("token-" + renewals));
        }

        @Override
        public Future<List<CredentialState>> states(String account) {
            renewals += renewals < times ? 1 : 0;
            return Future.succeededFuture(List.of(new CredentialState(
                    CredentialKind.ACCESS_TOKEN,
                    Optional.of(CredentialState.Source.FROM_STORE),
                    Optional.of(Duration.ZERO),
                    Optional.of(Duration.ofSeconds(1_000 + renewals)),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false)));
        }

        @Override
        public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
            throw new AssertionError("not asked");
        }

        @Override
        public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
            throw new AssertionError("not asked");
        }
    }
}
