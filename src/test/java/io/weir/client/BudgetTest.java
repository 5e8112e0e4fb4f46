package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    private final ManualClock clock = new ManualClock("2026-11-20T15:59:59Z");

    @ParameterizedTest
    @CsvSource({
        "/cgi-bin/token, 2000",
        "/cgi-bin/menu/create, 1000",
        "/cgi-bin/menu/get, 10000",
        "/cgi-bin/menu/delete, 1000",
        "/cgi-bin/menu/addconditional, 2000",
        "/cgi-bin/menu/delconditional, 2000",
        "/cgi-bin/menu/trymatch, 20000",
        "/cgi-bin/message/custom/send, 500000",
    })
    void keepsToNineTenthsOfWhatWeChatGrantsADay(String path, long limit) {
        Budget budget = Budget.of(Call.get(path)).get(0);

        assertThat(budget.limit(false, true)).isEqualTo(limit * 9 / 10);
        assertThat(budget.limit(true, true)).isEqualTo(limit * 9 / 100);
        assertThat(budget.limit(false, false)).isEqualTo(limit * 9 / 100);
        assertThat(budget.limit(true, false)).isEqualTo(limit * 9 / 1000);
        assertThat(budget.window().kept()).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void keepsTheStableTokenWithinTheMinuteAndTheDay() {
        assertThat(limits(Call.get("/cgi-bin/stable_token"))).containsExactly(4_500L, 450_000L);
    }

    @Test
    void keepsForcedRefreshesRareAndApart() {
        Call forced = Call.get("/cgi-bin/stable_token").countedAs(Budget.FORCED);

        assertThat(limits(forced)).containsExactly(1L, 18L, 4_500L, 450_000L);
        assertThat(Budget.of(forced).get(0).window().kept()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void sharesTheMonthsTenBetweenBothWaysToClearTheQuota() {
        Budget byToken = Budget.of(Call.get("/cgi-bin/clear_quota")).get(0);
        Budget bySecret = Budget.of(Call.get("/cgi-bin/clear_quota/v2")).get(0);

        assertThat(byToken).isEqualTo(bySecret);
        assertThat(byToken.limit(true, true)).isEqualTo(9);
        assertThat(byToken.countName("wx1", clock)).isEqualTo("wx1:clear_quota:2026-11");
    }

    @Test
    void leavesAtLeastOne() {
        assertThat(Budget.of(Call.get("/cgi-bin/clear_quota")).get(0).limit(true, false))
                .isEqualTo(1);
    }

    @Test
    void countsByTheDaysOfChina() {
        Budget day = Budget.of(Call.get("/cgi-bin/token")).get(0);

        assertThat(day.countName("wx1", clock)).isEqualTo("wx1:token:2026-11-20");
        clock.pass(Duration.ofSeconds(1));
        assertThat(day.countName("wx1", clock)).isEqualTo("wx1:token:2026-11-21");
    }

    @Test
    void hasNoneForCallsWithoutAPublishedQuota() {
        assertThat(Budget.of(Call.get("/cgi-bin/tags/get"))).isEmpty();
    }

    private static List<Long> limits(Call call) {
        return Budget.of(call).stream().map(budget -> budget.limit(false, true)).toList();
    }
}
