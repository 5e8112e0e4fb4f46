package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.AccountConfig.TokenMode;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.simulator.api.ApiFault;
import io.weir.token.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Expiries in classic mode, where every fetch too many ends somebody else's token. A hundred accounts live through two
 * expiries each, so that two hundred take seconds: at 20, 150 and 400 ms for a fetch, all three at once.
 */
class TokenFleetIT {
    private static final int ACCOUNTS = 100;
    private static final int EXPIRIES = 2;
    private static final Duration LIFE = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** All accounts within three seconds. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final RedisServer redis = RedisServer.start();
    private final List<TokenFleet> fleets = new ArrayList<>();

    @AfterEach
    void close() {
        fleets.forEach(TokenFleet::close);
        redis.close();
    }

    @Test
    void fetchesTwoHundredTimesForTwoHundredExpiries() {
        for (int delay : new int[] {20, 150, 400}) {
            fleets.add(fleet(delay));
        }

        List<TokenCallers> callers = fleets.stream()
                .map(fleet -> TokenCallers.forTokens(fleet, PAUSE))
                .toList();
        Await.until(
                "expiries", LIMIT, () -> fleets.stream().allMatch(fleet -> Collections.min(fetches(fleet)) > EXPIRIES));

        for (TokenFleet fleet : fleets) {
            assertThat(fetches(fleet))
                    .as(fleet.accounts().get(0).name())
                    .hasSize(ACCOUNTS)
                    .containsOnly((long) EXPIRIES + 1);
        }
        assertThat(callers).allSatisfy(each -> {
            assertThat(each.answered()).isGreaterThan(1_000);
            assertThat(each.failures()).isEmpty();
        });
    }

    private TokenFleet fleet(int delay) {
        TokenFleet fleet = new TokenFleet(
                redis.config(), "at" + delay, Collections.nCopies(ACCOUNTS, TokenMode.CLASSIC), LIFE, Renewal.DEFAULT);
        fleet.wechat()
                .apiFaults()
                .always(TokenFleet.fetchPath(TokenMode.CLASSIC), new ApiFault.Delay(Duration.ofMillis(delay)));
        return fleet;
    }

    private static List<Long> fetches(TokenFleet fleet) {
        return fleet.accounts().stream().map(fleet::fetches).toList();
    }
}
