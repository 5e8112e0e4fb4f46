package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.token.Renewal.Pause;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalTest {
    private final Renewal renewal = Renewal.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        // seconds: life, whole life, random, due
        "7200, 7200, 1, 6900",
        "7200, 7200, 0, 6960",
        "1000, 1000, 1,  900",
        "1000, 1000, 0,  920",
        " 400, 7200, 1,  100",
        " 100, 7200, 1,    0",
        "  30,   30, 1,   27"
    })
    void renewsBeforeTheEnd(long life, long wholeLife, double random, long due) {
        assertThat(renewal.renewIn(Duration.ofSeconds(life), Duration.ofSeconds(wholeLife), random))
                .isEqualTo(Duration.ofSeconds(due));
    }

    @Test
    void keepsADistanceBetweenFetches() {
        assertThat(renewal.renewFetchedIn(Duration.ofSeconds(1), 0.5)).isEqualTo(renewal.spacing());
        assertThat(renewal.renewFetchedIn(Duration.ofHours(2), 1)).isEqualTo(Duration.ofMinutes(115));
    }

    @Test
    void doublesPausesFromOneSecondToAMinute() {
        assertThat(renewal.pause(1, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(renewal.pause(2, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(renewal.pause(6, 1)).isEqualTo(Duration.ofSeconds(32));
        assertThat(renewal.pause(7, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(renewal.pause(1_000_000, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(renewal.pause(7, 0)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        // code, conduct, kind, pause here, pause of the fleet, stopped
        "   -1, BACK_OFF,            ACCESS_TOKEN, PT2S,   PT2S,   false",
        "45011, WAIT_A_MINUTE,       ACCESS_TOKEN, PT1M,   PT1M,   false",
        "45009, WAIT_UNTIL_TOMORROW, ACCESS_TOKEN, PT1H,   PT1H,   false",
        "40164, STOP,                ACCESS_TOKEN, PT5M,   PT1M,   true",
        "40013, STOP,                ACCESS_TOKEN, PT5M,   PT5M,   true",
        "89507, STOP,                ACCESS_TOKEN, PT1H,   PT1H,   true",
        "89506, STOP,                ACCESS_TOKEN, PT24H,  PT24H,  true",
        "40001, RENEW_TOKEN,         ACCESS_TOKEN, PT5M,   PT5M,   true",
        "40001, RENEW_TOKEN,         JSAPI_TICKET, PT2S,   PT2S,   false",
        "40002, WRONG_REQUEST,       ACCESS_TOKEN, PT5M,   PT5M,   true"
    })
    void pausesAsTheCodeAsks(
            int code, ErrorPolicy conduct, CredentialKind kind, Duration here, Duration fleet, boolean stopped) {
        WeChatException refusal =
                WeChatException.refused(new ErrorCode(code, conduct, "", "", "", ""), "", Optional.empty());

        assertThat(renewal.after(refusal, kind, 2, 1)).isEqualTo(new Pause(here, fleet, stopped));
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, PT4S, PT0S, false",
        "NO_ANSWER,   PT4S, PT4S, false",
        "GARBAGE,     PT4S, PT4S, false",
        "OVER_BUDGET, PT1M, PT1M, false",
        "STOPPED,     PT1M, PT1M, true"
    })
    void pausesAsTheKindOfFailureAsks(Kind kind, Duration here, Duration fleet, boolean stopped) {
        WeChatException failure = WeChatException.of(kind, "");

        assertThat(renewal.after(failure, CredentialKind.ACCESS_TOKEN, 3, 1))
                .isEqualTo(new Pause(here, fleet, stopped));
    }
}
