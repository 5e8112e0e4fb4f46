package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.CallGate.Budgets;
import io.weir.client.WeChatException.Kind;
import io.weir.redis.FleetCounter;
import io.weir.redis.MemoryFleetCounter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final Call MENU = Call.get("/cgi-bin/menu/create");

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final Budgets budgets = new Budgets(new MemoryFleetCounter(clock::nanos), clock);

    @Test
    void holdsBackWhatExceedsTheBudgetUntilTomorrow() throws Exception {
        for (int each = 0; each < 900; each++) {
            Futures.get(budgets.take(TestClient.MAIN, MENU));
        }

        WeChatException failure = Futures.failure(budgets.take(TestClient.MAIN, MENU));

        assertThat(failure.kind()).isEqualTo(Kind.OVER_BUDGET);
        assertThat(failure).hasMessageContaining("menu/create").hasMessageContaining("900 a day");
        assertThat(Futures.get(budgets.takenToday(TestClient.MAIN, MENU))).isEqualTo(900);
        clock.pass(Duration.ofHours(6));
        Futures.get(budgets.take(TestClient.MAIN, MENU));
        assertThat(Futures.get(budgets.takenToday(TestClient.MAIN, MENU))).isEqualTo(1);
    }

    @Test
    void givesATestAccountATenth() throws Exception {
        for (int each = 0; each < 90; each++) {
            Futures.get(budgets.take(TestClient.TESTING, MENU));
        }

        assertThat(Futures.failure(budgets.take(TestClient.TESTING, MENU)).kind())
                .isEqualTo(Kind.OVER_BUDGET);
    }

    @Test
    void keepsToATenthWhileCountsAreNotShared() throws Exception {
        Budgets alone = new Budgets(new Unshared(new MemoryFleetCounter(clock::nanos)), clock);
        for (int each = 0; each < 90; each++) {
            Futures.get(alone.take(TestClient.MAIN, MENU));
        }

        assertThat(Futures.failure(alone.take(TestClient.MAIN, MENU)).kind()).isEqualTo(Kind.OVER_BUDGET);
    }

    @Test
    void keepsForcedRefreshesApart() throws Exception {
        Call forced = Call.get("/cgi-bin/stable_token").countedAs(Budget.FORCED);
        Futures.get(budgets.take(TestClient.MAIN, forced));

        assertThat(Futures.failure(budgets.take(TestClient.MAIN, forced))).hasMessageContaining("31 s apart");
        clock.pass(Duration.ofSeconds(31));
        Futures.get(budgets.take(TestClient.MAIN, forced));
    }

    /** Counts of one instance of several, while it cannot reach the others'. */
    private record Unshared(FleetCounter own) implements FleetCounter {
        @Override
        public Future<Boolean> take(String name, long limit, Duration window) {
            return own.take(name, limit, window);
        }

        @Override
        public Future<Boolean> takeSince(String name, long limit, Duration window, Duration granted) {
            return own.takeSince(name, limit, window, granted);
        }

        @Override
        public Future<Long> taken(String name) {
            return own.taken(name);
        }

        @Override
        public boolean shared() {
            return false;
        }
    }
}
