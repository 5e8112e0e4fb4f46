package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.weir.client.WeChatClient.ApiPause;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiCircuitBreakersTest {
    private static final Call SEND = Call.get("/cgi-bin/message/custom/send");
    private static final Call MENU = Call.get("/cgi-bin/menu/get");
    private static final Call TOKEN = Call.get("/cgi-bin/stable_token").credential();

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final ApiCircuitBreakers stops = new ApiCircuitBreakers(clock);
    private final LogCapture log = LogCapture.of("io.weir.client");

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void stopsOneFunctionOnly() {
        refuse(SEND, 48001);

        assertThat(stopped(SEND)).isTrue();
        assertThat(stopped(MENU)).isFalse();
        assertThat(stopped(TOKEN)).isFalse();
        assertThat(stops.refusal("other", SEND)).isEmpty();
    }

    @Test
    void stopsAllCallsOfTheAccountButNotTheFetchingOfItsToken() {
        refuse(SEND, 40164);

        assertThat(stopped(SEND)).isTrue();
        assertThat(stopped(MENU)).isTrue();
        assertThat(stopped(TOKEN)).isFalse();
        assertThat(stops.refusal("other", MENU)).isEmpty();
    }

    @Test
    void stopsTheFetchingOnlyWhenTheTokenCannotBeFetched() {
        refuse(TOKEN, 40125);

        assertThat(stopped(TOKEN)).isTrue();
        assertThat(stopped(MENU)).isFalse();
    }

    @Test
    void saysWhyAndUntilWhenAndWhatHelps() {
        refuse(TOKEN, 40164);

        WeChatException refusal = stops.refusal("main", TOKEN).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(Kind.STOPPED);
        assertThat(refusal.code()).contains(ErrorCode.of(40164));
        assertThat(refusal.rid()).contains("1-2-3");
        assertThat(refusal).hasMessageContaining("2026-11-20T10:05:00Z").hasMessageContaining("IP whitelist");
        assertThat(stops.all())
                .containsExactly(new ApiPause(
                        "main",
                        ApiPause.CREDENTIALS,
                        ErrorCode.of(40164),
                        "errmsg of 40164",
                        Optional.of("1-2-3"),
                        Instant.parse("2026-11-20T10:00:00Z"),
                        Instant.parse("2026-11-20T10:05:00Z")));
    }

    @Test
    void letsOneCallThroughWhenTheTimeIsOver() {
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));

        assertThat(stopped(SEND)).isFalse();
        assertThat(stopped(SEND)).isTrue();
        assertThat(stopped(MENU)).isTrue();
        stops.taken("main", SEND);
        assertThat(stopped(MENU)).isFalse();
        assertThat(stops.all()).isEmpty();
    }

    @Test
    void stopsAgainWhenThatCallIsRefusedToo() {
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));

        assertThat(stopped(SEND)).isFalse();
        refuse(SEND, 40164);

        assertThat(stopped(SEND)).isTrue();
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(SEND)).isFalse();
    }

    @Test
    void letsTheNextCallThroughWhenThatOneToldNothing() {
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));

        assertThat(stopped(SEND)).isFalse();
        stops.failed("main", SEND, WeChatException.of(Kind.NO_ANSWER, "no answer"));

        assertThat(stopped(SEND)).isFalse();
        assertThat(stopped(SEND)).isTrue();
    }

    @Test
    void forgetsAProbeThatNeverCameBack() {
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(SEND)).isFalse();

        clock.pass(Duration.ofMinutes(2));

        assertThat(stopped(SEND)).isFalse();
    }

    @Test
    void goesOnAfterARefusalThatIsAboutOneCallOnly() {
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(SEND)).isFalse();

        refuse(SEND, 43004);

        assertThat(stops.all()).isEmpty();
    }

    @Test
    void isNotMovedByAnEarlierCallThatEndsLater() {
        refuse(SEND, 45009);

        stops.taken("main", SEND);

        assertThat(stopped(SEND)).isTrue();
    }

    @Test
    void waitsForMidnightInChinaOrAMinute() {
        refuse(SEND, 45009);
        refuse(MENU, 45011);

        clock.pass(Duration.ofSeconds(59));
        assertThat(stopped(MENU)).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(stopped(MENU)).isFalse();
        clock.pass(Duration.ofHours(6).minusSeconds(61));
        assertThat(stopped(SEND)).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(stopped(SEND)).isFalse();
    }

    @Test
    void goesOnAtOnceWhenTheOperatorWants() {
        refuse(SEND, 45009);
        refuse(TOKEN, 40125);

        stops.lift("main");

        assertThat(stopped(SEND)).isFalse();
        assertThat(stopped(TOKEN)).isFalse();
    }

    @Test
    void letsTheTokenBeFetchedWhenTheOperatorWantsAndNothingElse() {
        refuse(SEND, 45009);
        refuse(TOKEN, 40164);

        stops.liftFetching("main");

        assertThat(stopped(TOKEN)).isFalse();
        assertThat(stopped(SEND)).isTrue();
    }

    @Test
    void showsWhatAnotherInstanceWasTold() {
        WeChatException refusal = WeChatException.refused(ErrorCode.of(40125), "no", Optional.empty());

        stops.heard("main", refusal, Duration.ofMinutes(5));

        assertThat(stops.all()).singleElement().satisfies(stop -> {
            assertThat(stop.calls()).isEqualTo(ApiPause.CREDENTIALS);
            assertThat(stop.code().code()).isEqualTo(40125);
        });
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(TOKEN)).isFalse();
    }

    @Test
    void isNotShownForEverWhenNobodyMakesTheCallAgain() {
        refuse(SEND, 48001);
        clock.pass(Duration.ofMinutes(6));
        assertThat(stops.all()).hasSize(1);

        clock.pass(Duration.ofMinutes(2));

        assertThat(stops.all()).isEmpty();
    }

    @Test
    void hasRoomAgainWhenTheOldOnesAreOver() {
        for (int each = 0; each < 1_000; each++) {
            refuse(Call.get("/cgi-bin/made/up" + each), 48001);
        }
        clock.pass(Duration.ofMinutes(8));

        refuse(SEND, 48001);

        assertThat(stopped(SEND)).isTrue();
    }

    @Test
    void logsOneLineForEachChange() {
        refuse(SEND, 40164);
        refuse(MENU, 40164);
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(SEND)).isFalse();
        refuse(SEND, 40164);
        clock.pass(Duration.ofMinutes(5));
        assertThat(stopped(SEND)).isFalse();
        stops.taken("main", SEND);

        assertThat(log.events()).hasSize(2);
        assertThat(log.events().get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(log.text(0))
                .contains("code=\"40164\"", "meaning=\"The address of this machine is not in")
                .contains("remedy=\"Add that address", "rid=\"1-2-3\"", "error=\"errmsg of 40164\"");
        assertThat(log.events().get(1).getLevel()).isEqualTo(Level.INFO);
    }

    private boolean stopped(Call call) {
        return stops.refusal("main", call).isPresent();
    }

    private void refuse(Call call, int code) {
        stops.failed(
                "main", call, WeChatException.refused(ErrorCode.of(code), "errmsg of " + code, Optional.of("1-2-3")));
    }
}
