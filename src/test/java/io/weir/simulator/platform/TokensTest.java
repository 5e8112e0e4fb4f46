package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.platform.Tokens.IssuedToken;
import io.weir.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));
    private final Platform platform = new Platform(
            List.of(
                    Registration.of("main", "wx1", "secret1", "gh_1"),
                    Registration.of("other", "wx2", "secret2", "gh_2")),
            time.clock());
    private final PlatformAccount account = platform.byName("main").orElseThrow();
    private final Tokens tokens = account.tokens();

    @Test
    void looksLikeATokenOfWeChat() {
        IssuedToken token = tokens.fetch();

        assertThat(token.value()).matches("[A-Za-z0-9_-]{136}");
        assertThat(token.expiresIn()).isEqualTo(7200);
        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void letsTheFormerClassicTokenLiveForFiveMinutes() {
        String previous = tokens.fetch().value();
        time.advance(Duration.ofMinutes(10));
        String latest = tokens.fetch().value();

        assertThat(latest).isNotEqualTo(previous);
        time.advance(Duration.ofSeconds(299));
        assertThat(code(previous)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(code(previous)).contains(40001);
        assertThat(code(latest)).isEmpty();
    }

    @Test
    void givesEachClassicTokenItsOwnFiveMinutes() {
        String first = tokens.fetch().value();
        String second = tokens.fetch().value();
        time.advance(Duration.ofMinutes(4));
        tokens.fetch();
        time.advance(Duration.ofMinutes(1));

        assertThat(code(first)).contains(40001);
        assertThat(code(second)).isEmpty();
    }

    @Test
    void doesNotLetAFormerTokenOutliveItsOwnEnd() {
        String previous = tokens.fetch().value();
        time.advance(Duration.ofSeconds(7190));
        tokens.fetch();

        time.advance(Duration.ofSeconds(10));
        assertThat(code(previous)).contains(42001);
    }

    @Test
    void expiresByTimeWith42001() {
        String token = tokens.fetch().value();

        time.advance(Duration.ofSeconds(7199));
        assertThat(code(token)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(code(token)).contains(42001);
    }

    @Test
    void livesAsLongAsItIsTold() {
        tokens.life(Duration.ofSeconds(3));

        IssuedToken token = tokens.fetch();

        assertThat(token.expiresIn()).isEqualTo(3);
        time.advance(Duration.ofSeconds(3));
        assertThat(code(token.value())).contains(42001);
    }

    @Test
    void givesTheSameStableTokenWithItsRemainingLife() {
        IssuedToken first = tokens.fetchStable(false);
        time.advance(Duration.ofSeconds(6899));
        IssuedToken again = tokens.fetchStable(false);

        assertThat(again.value()).isEqualTo(first.value());
        assertThat(again.expiresIn()).isEqualTo(301);
    }

    @Test
    void renewsAStableTokenFiveMinutesBeforeItsEndAndLetsBothLive() {
        String previous = tokens.fetchStable(false).value();
        time.advance(Duration.ofMinutes(115));
        IssuedToken next = tokens.fetchStable(false);

        assertThat(next.value()).isNotEqualTo(previous);
        assertThat(next.expiresIn()).isEqualTo(7200);
        time.advance(Duration.ofSeconds(299));
        assertThat(code(previous)).isEmpty();
        assertThat(code(next.value())).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(code(previous)).contains(42001);
        assertThat(code(next.value())).isEmpty();
    }

    @Test
    void renewsAShortStableTokenAtHalfOfItsLife() {
        tokens.life(Duration.ofSeconds(10));
        String previous = tokens.fetchStable(false).value();

        time.advance(Duration.ofMillis(4_999));
        assertThat(tokens.fetchStable(false).value()).isEqualTo(previous);
        time.advance(Duration.ofMillis(1));
        assertThat(tokens.fetchStable(false).value()).isNotEqualTo(previous);
        assertThat(code(previous)).isEmpty();
    }

    @Test
    void endsAllEarlierStableTokensWithAForcedRefresh() {
        String first = tokens.fetchStable(false).value();
        time.advance(Duration.ofMinutes(115));
        String second = tokens.fetchStable(false).value();

        String forced = tokens.fetchStable(true).value();

        assertThat(code(first)).contains(40001);
        assertThat(code(second)).contains(40001);
        assertThat(code(forced)).isEmpty();
        assertThat(tokens.fetchStable(false).value()).isEqualTo(forced);
    }

    @Test
    void givesTheCurrentTokenToAForcedRefreshWithin30Seconds() {
        String forced = tokens.fetchStable(true).value();

        time.advance(Duration.ofMillis(29_999));
        assertThat(tokens.fetchStable(true).value()).isEqualTo(forced);
        time.advance(Duration.ofMillis(1));
        assertThat(tokens.fetchStable(true).value()).isNotEqualTo(forced);
        assertThat(account.quotas().used(Quotas.FORCED_REFRESH)).isEqualTo(2);
    }

    @Test
    void forces20RefreshesADayInChina() {
        for (int i = 0; i < 20; i++) {
            tokens.fetchStable(true);
            time.advance(Duration.ofSeconds(30));
        }
        String last = tokens.fetchStable(false).value();

        assertThatThrownBy(() -> tokens.fetchStable(true))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.errcode()).isEqualTo(45009));
        assertThat(code(last)).isEmpty();
        time.advance(Duration.between(time.clock().instant(), Instant.parse("2026-11-20T16:00:00Z")));
        assertThat(tokens.fetchStable(true).value()).isNotEqualTo(last);
    }

    @Test
    void keepsTheTwoKindsApart() {
        String classic = tokens.fetch().value();
        String stable = tokens.fetchStable(false).value();

        tokens.fetchStable(true);
        time.advance(Duration.ofMinutes(6));
        assertThat(code(classic)).isEmpty();
        String forced = tokens.fetchStable(false).value();
        tokens.fetch();
        time.advance(Duration.ofMinutes(6));
        assertThat(code(forced)).isEmpty();
        assertThat(code(classic)).contains(40001);
        assertThat(code(stable)).contains(40001);
    }

    @Test
    void endsAllTokensAtOnceOnCommand() {
        String previous = tokens.fetch().value();
        String classic = tokens.fetch().value();
        String stable = tokens.fetchStable(false).value();

        tokens.invalidate();

        assertThat(List.of(previous, classic, stable))
                .allSatisfy(each -> assertThat(code(each)).contains(40001));
        assertThat(code(tokens.fetchStable(false).value())).isEmpty();
        assertThat(code(tokens.fetch().value())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 41001", "abc, 40014", "!, 40014"})
    void tellsWhatCannotBeAToken(String value, int errcode) {
        assertThat(code(value)).contains(errcode);
    }

    @Test
    void takesATokenThatNobodyGaveOutForAnOldOne() {
        assertThat(code("x".repeat(136))).contains(40001);
    }

    @Test
    void findsTheAccountOfAToken() {
        String token = platform.byName("other").orElseThrow().tokens().fetch().value();

        assertThat(platform.byToken(token))
                .map(found -> found.registration().name())
                .contains("other");
        assertThat(platform.byToken("x".repeat(136))).isEmpty();
    }

    @Test
    void remembersOnlySoManyOfThem() {
        String first = tokens.fetch().value();
        for (int i = 0; i < 500; i++) {
            tokens.fetch();
        }

        assertThat(tokens.issued(first)).isFalse();
        assertThat(code(first)).contains(40001);
        assertThat(tokens.save().path("classic").size()).isEqualTo(500);
    }

    private Optional<Integer> code(String token) {
        return tokens.problem(token).map(Refused::errcode);
    }
}
