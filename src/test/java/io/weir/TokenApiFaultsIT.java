package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.simulator.api.ApiFault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WeChat cannot give the next token while the previous one lives: nobody notices, whatever it answers. All faults at once. */
@Tag("measured")
class TokenApiFaultsIT {
    private static final Duration LIFE = Duration.ofSeconds(24);
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(40);
    /** Less than the API takes when it is slow, more than a busy machine takes to answer. */
    private static final Duration NOT_WAITED_FOR_THE_API = Duration.ofSeconds(3);

    private static final Map<String, ApiFault> FAULTS = Map.of(
            "slow", new ApiFault.Delay(Duration.ofSeconds(4)),
            "hanging", new ApiFault.Hang(),
            "failing", new ApiFault.Status(503, "no healthy upstream"),
            "html", new ApiFault.Html(),
            "truncated", new ApiFault.Truncated(),
            "busy", new ApiFault.Refusal(-1, "system error"));

    private final RedisServer redis = RedisServer.start();
    private final Map<String, TokenFleet> fleets = new LinkedHashMap<>();

    @AfterEach
    void close() {
        fleets.values().forEach(TokenFleet::close);
        redis.close();
    }

    @ParameterizedTest
    @EnumSource(TokenMode.class)
    void nobodyNoticesWhileTheFormerTokenLives(TokenMode mode) {
        FAULTS.keySet().forEach(name -> fleets.put(name, fleet(name, mode)));
        Map<String, Secret> first = new LinkedHashMap<>();
        fleets.forEach(
                (name, fleet) -> first.put(name, fleet.current(account(fleet)).get(0)));
        Map<String, TokenCallers> callers = new LinkedHashMap<>();
        fleets.forEach((name, fleet) -> callers.put(name, TokenCallers.forTokens(fleet, PAUSE)));
        Map<String, Set<String>> kept = new LinkedHashMap<>();
        fleets.keySet().forEach(name -> kept.put(name, new TreeSet<>()));

        fleets.forEach((name, fleet) -> fleet.wechat()
                .apiFaults()
                .always(TokenFleet.fetchPath(mode), Objects.requireNonNull(FAULTS.get(name))));
        Await.until("fetches that go wrong", LIMIT, () -> noting(kept, this::struck));
        fleets.values().forEach(fleet -> fleet.wechat().clearFaults());
        Await.until("renewals", LIMIT, () -> noting(kept, () -> isRenewed(first)));

        fleets.forEach((name, fleet) -> assertThat(kept.get(name))
                .as("in the store of " + name)
                .isNotEmpty()
                .allMatch(value -> issued(fleet, value)));
        assertThat(callers).allSatisfy((name, each) -> {
            assertThat(each.failures()).as(name).isEmpty();
            assertThat(each.answered()).isGreaterThan(1_000);
            assertThat(each.longest()).isLessThan(NOT_WAITED_FOR_THE_API);
        });
    }

    private TokenFleet fleet(String name, TokenMode mode) {
        return new TokenFleet(redis.config(), name, List.of(mode), LIFE, TokenFleet.EARLY);
    }

    private static AccountConfig account(TokenFleet fleet) {
        return fleet.accounts().get(0);
    }

    /** Each has been asked in vain: once where that takes seconds, else again and again. */
    private boolean struck() {
        return fleets.entrySet().stream().allMatch(each -> {
            boolean lasts = each.getKey().equals("slow") || each.getKey().equals("hanging");
            return each.getValue().fetches(account(each.getValue())) > (lasts ? 1 : 3);
        });
    }

    private boolean noting(Map<String, Set<String>> kept, BooleanSupplier holds) {
        fleets.forEach((name, fleet) -> {
            String value = redis.command("HGET", "weir:{" + account(fleet).appId() + "}:access_token", "value");
            Objects.requireNonNull(kept.get(name))
                    .add(value.replaceFirst("^\\$\\d+\r\n", "").strip());
        });
        return holds.getAsBoolean();
    }

    private boolean isRenewed(Map<String, Secret> first) {
        return fleets.entrySet().stream()
                .allMatch(each -> !each.getValue()
                        .current(account(each.getValue()))
                        .contains(Objects.requireNonNull(first.get(each.getKey()))));
    }

    private static boolean issued(TokenFleet fleet, String value) {
        return fleet.exclusively(account(fleet), at -> at.tokens().issued(value));
    }
}
