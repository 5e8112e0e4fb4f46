package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {
    /** Half a minute before midnight in China. */
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T15:59:30Z"));

    private final PlatformAccount account = new Platform(
                    List.of(Registration.of("main", "wx1", "secret1", "gh_1")), time.clock())
            .byName("main")
            .orElseThrow();
    private final Quotas quotas = account.quotas();

    @ParameterizedTest
    @CsvSource({
        "/cgi-bin/token, 2000, 200",
        "/cgi-bin/stable_token, 500000, 500000",
        "/cgi-bin/menu/create, 1000, 100",
        "/cgi-bin/menu/get, 10000, 1000",
        "/cgi-bin/menu/delete, 1000, 100",
        "/cgi-bin/menu/addconditional, 2000, 2000",
        "/cgi-bin/menu/delconditional, 2000, 2000",
        "/cgi-bin/menu/trymatch, 20000, 20000",
        "/cgi-bin/message/custom/send, 500000, 50000"
    })
    void limitsEachCallForUsualAndTestAccounts(String path, int usual, int testAccount) {
        assertThat(quotas.limit(path)).isEqualTo(usual);

        account.register(account.registration().testAccount(true));

        assertThat(quotas.limit(path)).isEqualTo(testAccount);
    }

    @Test
    void refusesWhatIsBeyondTheLimitUntilMidnightInChina() {
        for (int i = 0; i < 1000; i++) {
            quotas.spend("/cgi-bin/menu/create");
        }

        assertRefused(45009, () -> quotas.spend("/cgi-bin/menu/create"));
        assertThat(quotas.used("/cgi-bin/menu/create")).isEqualTo(1000);
        assertThatCode(() -> quotas.spend("/cgi-bin/menu/delete")).doesNotThrowAnyException();
        time.advance(Duration.ofSeconds(29));
        assertRefused(45009, () -> quotas.spend("/cgi-bin/menu/create"));
        time.advance(Duration.ofSeconds(1));
        quotas.spend("/cgi-bin/menu/create");
        assertThat(quotas.used("/cgi-bin/menu/create")).isEqualTo(1);
    }

    @Test
    void takesALowerLimitFromATest() {
        quotas.limit("/cgi-bin/token", 1);
        quotas.spend("/cgi-bin/token");

        assertRefused(45009, () -> quotas.spend("/cgi-bin/token"));
    }

    @Test
    void limitsTheStableTokenByTheMinute() {
        for (int i = 0; i < 10_000; i++) {
            quotas.spend("/cgi-bin/stable_token");
        }

        assertRefused(45011, () -> quotas.spend("/cgi-bin/stable_token"));
        time.advance(Duration.ofSeconds(30));
        assertThatCode(() -> quotas.spend("/cgi-bin/stable_token")).doesNotThrowAnyException();
    }

    @Test
    void clearsAllCountsTenTimesAMonth() {
        for (int i = 0; i < 10; i++) {
            quotas.spend("/cgi-bin/token");
            quotas.clear();
            assertThat(quotas.used("/cgi-bin/token")).isZero();
        }

        quotas.spend("/cgi-bin/token");
        assertRefused(48006, quotas::clear);
        assertThat(quotas.used("/cgi-bin/token")).isEqualTo(1);
        time.advance(Duration.ofDays(10));
        assertRefused(48006, quotas::clear);
        time.advance(Duration.ofDays(1));
        assertThatCode(quotas::clear).doesNotThrowAnyException();
    }

    @Test
    void clearsSingleCountsFiftyTimesAMonth() {
        quotas.spend("/cgi-bin/menu/get");
        for (int i = 0; i < 50; i++) {
            quotas.spend("/cgi-bin/token");
            quotas.clear("/cgi-bin/token");
        }

        assertThat(quotas.used("/cgi-bin/token")).isZero();
        assertThat(quotas.used("/cgi-bin/menu/get")).isEqualTo(1);
        assertRefused(48006, () -> quotas.clear("/cgi-bin/token"));
    }

    @Test
    void countsCallsWithoutAKnownLimit() {
        quotas.spend("/cgi-bin/getcallbackip");

        assertThat(quotas.describe("/cgi-bin/getcallbackip"))
                .hasToString("{\"quota\":{\"daily_limit\":100000000,\"used\":1,\"remain\":99999999}}");
    }

    @Test
    void keepsItsCountsAcrossARestart() {
        quotas.spend("/cgi-bin/token");
        for (int i = 0; i < 10; i++) {
            quotas.clear();
        }
        quotas.spend("/cgi-bin/token");
        Quotas restarted = new Quotas(time.clock(), () -> false);

        restarted.load(quotas.save());

        assertThat(restarted.used("/cgi-bin/token")).isEqualTo(1);
        assertRefused(48006, restarted::clear);
    }

    private static void assertRefused(int errcode, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.errcode()).isEqualTo(errcode));
    }
}
