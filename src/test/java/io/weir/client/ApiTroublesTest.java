package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.WeChatClient.ApiTrouble;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiTroublesTest {
    private static final Call MENU = Call.get("/cgi-bin/menu/get");
    private static final Call TAGS = Call.get("/cgi-bin/tags/get");
    private final WeChatException unresolved = WeChatException.nameUnresolved("no address");
    private final WeChatException hangs = WeChatException.of(Kind.NO_ANSWER, "no answer");
    private final WeChatException html = WeChatException.of(Kind.GARBAGE, "a page");
    private final WeChatException busy = WeChatException.refused(ErrorCode.of(-1), "busy", Optional.empty());
    private final WeChatException no = WeChatException.refused(ErrorCode.of(46003), "no menu", Optional.empty());

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final ApiTroubles troubles = new ApiTroubles(clock);

    @Test
    void nameEachFaultWithTheTimeOfItsFirstFailure() {
        troubles.ended("main", MENU, unresolved);
        pass(1);
        troubles.ended("main", TAGS, WeChatException.nameUnresolved("still no address"));

        assertThat(troubles.all())
                .containsExactly(new ApiTrouble(
                        WeChatFault.NAME_UNRESOLVED,
                        "",
                        "",
                        Instant.parse("2026-11-20T10:00:00Z"),
                        "still no address"));
    }

    @Test
    void lastUntilACallIsAnsweredWhateverTheAnswer() {
        troubles.ended("main", MENU, hangs);
        pass(3_600);
        assertThat(faults()).containsExactly(WeChatFault.NO_ANSWER);

        troubles.ended("other", TAGS, no);

        assertThat(faults()).isEmpty();
    }

    @Test
    void doNotFlickerWhenAnswersComeAndGo() {
        for (int second = 0; second < 20; second++) {
            troubles.ended("main", MENU, hangs);
            troubles.ended("main", TAGS, null);
            assertThat(faults()).containsExactly(WeChatFault.NO_ANSWER);
            pass(1);
        }
        pass(3);

        assertThat(faults()).isEmpty();
    }

    @Test
    void makeWayForTheFaultThatACallMeetsLater() {
        troubles.ended("main", MENU, unresolved);
        pass(5);
        troubles.ended("main", MENU, hangs);
        assertThat(faults()).containsExactly(WeChatFault.NO_ANSWER);
        pass(5);
        troubles.ended("main", MENU, html);

        assertThat(faults()).containsExactly(WeChatFault.NOT_UNDERSTOOD);
    }

    @Test
    void ofAnApiThatIsBusyConcernThatApiAndAccount() {
        troubles.ended("main", MENU, busy);
        troubles.ended("main", TAGS, null);
        pass(10);
        assertThat(troubles.all()).singleElement().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(WeChatFault.BUSY);
            assertThat(trouble.account()).isEqualTo("main");
            assertThat(trouble.calls()).isEqualTo("/cgi-bin/menu/get");
        });
        assertThat(troubles.isProbed()).isFalse();

        troubles.ended("main", MENU, null);

        assertThat(faults()).isEmpty();
    }

    @Test
    void ofAnApiThatIsBusyAreForgottenWhenItIsNotCalledAnyMore() {
        troubles.ended("main", MENU, busy);
        pass(119);
        assertThat(faults()).containsExactly(WeChatFault.BUSY);
        pass(1);

        assertThat(faults()).isEmpty();
    }

    @Test
    void endByTheProbeOnlyWhenNoCallHasFailedForAWhile() {
        troubles.ended("main", MENU, hangs);
        assertThat(troubles.isProbed()).isTrue();
        pass(14);
        troubles.probed(no);
        assertThat(faults()).containsExactly(WeChatFault.NO_ANSWER);
        pass(1);
        troubles.probed(no);

        assertThat(faults()).isEmpty();
        assertThat(troubles.isProbed()).isFalse();
    }

    @Test
    void areNotOfCallsThatWereNotMade() {
        troubles.ended("main", MENU, WeChatException.of(Kind.OVER_BUDGET, "used up"));
        troubles.ended("main", MENU, WeChatException.stopped("paused", no));

        assertThat(faults()).isEmpty();
    }

    private List<WeChatFault> faults() {
        return troubles.all().stream().map(ApiTrouble::fault).toList();
    }

    private void pass(int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }
}
