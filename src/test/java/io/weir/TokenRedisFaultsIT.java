package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.SharedCredentials.CredentialState;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.redis.RedisAddress;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redis goes away just before tokens have to be renewed, and comes back afterwards: for an account in classic mode, of which
 * nobody may fetch meanwhile, and for one in stable mode, of which everybody may.
 */
@Tag("measured")
class TokenRedisFaultsIT {
    private static final String MASTER = "weir";
    private static final Duration CLASSIC_LIFE = Duration.ofSeconds(16);
    private static final Duration STABLE_LIFE = Duration.ofSeconds(6);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration PAUSE_OF_CALLS = Duration.ofMillis(100);
    /** Redis itself takes two to three seconds. */
    private static final Duration FAILOVER = Duration.ofSeconds(15);
    /** Redis is given 1.5 s; the rest is for a busy machine. */
    private static final Duration NOT_WAITED_FOR_REDIS = Duration.ofSeconds(3);

    private final RedisServer redis = RedisServer.start();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();

    @BeforeEach
    void open() {
        opened.add(redis);
    }

    @AfterEach
    void close() throws Exception {
        for (int each = opened.size() - 1; each >= 0; each--) {
            opened.get(each).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "paused"})
    void nobodyNoticesThatRedisIs(String fault) {
        TokenFleet fleet = fleet(redis.config());
        Secret first = fleet.current(fleet.accounts().get(0)).get(0);
        TokenCallers tokens = tokens(fleet);
        TokenCallers calls = calls(fleet);
        AccountConfig classic = fleet.accounts().get(0);
        AccountConfig stable = fleet.accounts().get(1);
        long before = fleet.fetches(stable);

        if (fault.equals("killed")) {
            redis.kill();
        } else {
            redis.pause();
        }
        Await.until("renewals without it", LIMIT, () -> fleet.fetches(stable) > before && isOverdue(fleet, classic));
        assertThat(fleet.fetches(classic)).isEqualTo(1);
        if (fault.equals("killed")) {
            redis.restart();
        } else {
            redis.resume();
        }
        Await.until("the same for all", LIMIT, () -> watched(redis, fleet, () -> isSettled(fleet, redis)));
        Await.until("renewals with it", LIMIT, () -> watched(redis, fleet, () -> isRenewed(fleet, first)));

        assertThat(fleet.fetches(classic)).as("one fetch for one expiry").isEqualTo(2);
        nobodyHasNoticed(tokens, calls);
    }

    @Test
    void nobodyNoticesThatRedisHasForgottenEverything() {
        TokenFleet fleet = fleet(redis.config());
        Secret first = fleet.current(fleet.accounts().get(0)).get(0);
        TokenCallers tokens = tokens(fleet);
        TokenCallers calls = calls(fleet);

        redis.command("FLUSHALL");
        Await.until("renewals", LIMIT, () -> watched(redis, fleet, () -> isRenewed(fleet, first)));
        Secret second = fleet.current(fleet.accounts().get(0)).get(0);
        redis.command("FLUSHALL");
        Await.until("renewals again", LIMIT, () -> watched(redis, fleet, () -> isRenewed(fleet, second)));

        assertThat(fleet.fetches(fleet.accounts().get(0))).isEqualTo(3);
        nobodyHasNoticed(tokens, calls);
    }

    @Test
    void nobodyNoticesAFailover() {
        RedisServer replica = opened(RedisServer.replicaOf(redis));
        RedisServer sentinel = opened(RedisServer.sentinelOf(MASTER, redis, 500));
        sentinel.await("num-slaves\r\n$1\r\n1", "SENTINEL", "master", MASTER);
        TokenFleet fleet =
                fleet(RedisConfig.sentinels(MASTER, List.of(new RedisAddress("127.0.0.1", sentinel.port()))));
        Secret first = fleet.current(fleet.accounts().get(0)).get(0);
        TokenCallers tokens = tokens(fleet);
        TokenCallers calls = calls(fleet);

        redis.kill();
        Await.until("the new master", FAILOVER, () -> watched(replica, fleet, () -> isOnMaster(fleet)));
        Await.until("renewals on it", LIMIT, () -> watched(replica, fleet, () -> isRenewed(fleet, first)));
        Await.until("the same for all", LIMIT, () -> watched(replica, fleet, () -> isSettled(fleet, replica)));

        assertThat(fleet.fetches(fleet.accounts().get(0))).isEqualTo(2);
        nobodyHasNoticed(tokens, calls);
    }

    private TokenFleet fleet(RedisConfig config) {
        TokenFleet fleet = opened(new TokenFleet(
                config, "redis", List.of(TokenMode.CLASSIC, TokenMode.STABLE), CLASSIC_LIFE, TokenFleet.EARLY));
        fleet.live(fleet.accounts().get(1), STABLE_LIFE);
        fleet.accounts().forEach(fleet::current);
        return fleet;
    }

    private TokenCallers tokens(TokenFleet fleet) {
        return opened(TokenCallers.forTokens(fleet, PAUSE));
    }

    private TokenCallers calls(TokenFleet fleet) {
        return opened(TokenCallers.forCalls(fleet, PAUSE_OF_CALLS));
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private static boolean isOverdue(TokenFleet fleet, AccountConfig account) {
        return fleet.states(account).stream().allMatch(TokenRedisFaultsIT::isOverdue);
    }

    private static boolean isOverdue(CredentialState state) {
        return state.storeAway()
                && state.nextRenewal().filter(Duration::isNegative).isPresent();
    }

    private static boolean isOnMaster(TokenFleet fleet) {
        return fleet.instances().stream()
                .map(instance -> instance.redis().state())
                .allMatch(state ->
                        state.up() && state.role().filter("master"::equals).isPresent());
    }

    /** Every instance has the same token, another than the previous one. */
    private static boolean isRenewed(TokenFleet fleet, Secret previous) {
        List<Secret> current = fleet.current(fleet.accounts().get(0));
        return current.stream().distinct().count() == 1 && !current.contains(previous);
    }

    /** Every instance answers with what is in the store. */
    private static boolean isSettled(TokenFleet fleet, RedisServer redis) {
        return fleet.accounts().stream().allMatch(account -> {
            List<Secret> current = fleet.current(account);
            return current.stream().distinct().count() == 1
                    && value(redis, account).equals(current.get(0).reveal());
        });
    }

    /** Notes what is in the store for the account in classic mode, each value once as long as it stays. */
    private boolean watched(RedisServer server, TokenFleet fleet, BooleanSupplier holds) {
        boolean held = holds.getAsBoolean();
        String value = value(server, fleet.accounts().get(0));
        if (!value.isEmpty()
                && (stored.isEmpty() || !stored.get(stored.size() - 1).equals(value))) {
            stored.add(value);
        }
        return held;
    }

    /** Nothing while a replica that becomes the master ends its connections. */
    private static String value(RedisServer server, AccountConfig account) {
        try {
            String answer = server.command("HGET", "weir:{" + account.appId() + "}:access_token", "value");
            return answer.replaceFirst("^\\$-?\\d+\r\n", "").strip();
        } catch (UncheckedIOException ended) {
            return "";
        }
    }

    private void nobodyHasNoticed(TokenCallers tokens, TokenCallers calls) {
        assertThat(tokens.failures()).isEmpty();
        assertThat(tokens.answered()).isGreaterThan(500);
        assertThat(tokens.longest()).isLessThan(NOT_WAITED_FOR_REDIS);
        assertThat(calls.failures()).isEmpty();
        assertThat(calls.answered()).isGreaterThan(100);
        assertThat(new HashSet<>(stored)).as("no previous token came back").hasSameSizeAs(stored);
    }
}
