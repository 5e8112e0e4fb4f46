package io.weir.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.token.TokenVerticle.TokenLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight instances on event loops of their own against a real Redis. */
@Tag("measured")
class FleetIT {
    private static final Duration LIFE = Duration.ofMillis(1500);
    private static final int EXPIRIES = 5;

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void close() {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 150, 400})
    void fetchesOncePerExpiryAndLetsNobodyWait(int delayMillis) {
        Duration life = Duration.ofMillis(1000L + 4L * delayMillis);
        Issuing issuing = new Issuing(false, Duration.ofMillis(delayMillis), life);
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, issuing, TokenFleetOfOne.LIMITS)) {
            assertThat(fleet.all(Keeper::current)).containsOnly(Secret.of("token-1"));
            try (TokenFleetOfOne.Callers callers = fleet.callers(issuing.wechat()::takes)) {
                Await.until(
                        "expiries",
                        Duration.ofSeconds(20),
                        () -> issuing.wechat().fetches() > EXPIRIES);

                assertThat(issuing.wechat().shortestGap()).isGreaterThan(life.dividedBy(3));
                assertThat(callers.asked.get()).isGreaterThan(1_000);
                assertThat(callers.waited).hasValue(0);
                assertThat(callers.failed).hasValue(0);
                assertThat(callers.refused).hasValue(0);
            }
        }
    }

    @Test
    void servesTheOldOneWhileFetchesHangAndFail() {
        Issuing issuing = new Issuing(false, Duration.ofMillis(20), Duration.ofSeconds(4));
        TokenLimits hurried = new TokenLimits(
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofMillis(100),
                Duration.ofMillis(5));
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, issuing, hurried)) {
            fleet.all(Keeper::current);
            try (TokenFleetOfOne.Callers callers = fleet.callers(issuing.wechat()::takes)) {
                issuing.wechat().hanging(true);
                Await.until("tried", () -> issuing.wechat().fetches() >= 2);
                issuing.wechat().hanging(false);
                issuing.wechat().failing(Optional.of(WeChatException.of(Kind.GARBAGE, "<html>")));
                Await.until("tried again", () -> issuing.wechat().fetches() >= 4);
                issuing.wechat().failing(Optional.empty());
                Await.until("renewed", () -> fleet.all(Keeper::current).equals(all("token-2")));

                assertThat(callers.waited).hasValue(0);
                assertThat(callers.failed).hasValue(0);
                assertThat(callers.refused).hasValue(0);
            }
        }
    }

    @Test
    void sharesThePauseAfterAFailure() {
        AtomicInteger fetches = new AtomicInteger();
        CredentialFetcher failing = (account, kind, force) -> {
            fetches.incrementAndGet();
            return Future.failedFuture(WeChatException.of(Kind.OVER_BUDGET, "used up"));
        };
        try (TokenFleetOfOne fleet =
                new TokenFleetOfOne(redis.config(), false, vertx -> failing, TokenFleetOfOne.LIMITS)) {
            for (int each = 0; each < TokenFleetOfOne.SIZE; each++) {
                fleet.member(each).ask(Keeper::current);
            }
            Await.until("all have asked for the lease", () -> evalCalls() > 10 * TokenFleetOfOne.SIZE);

            assertThat(fetches).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fetchesOnceForAllInstancesThatReportARefusal(boolean stable) {
        Issuing issuing = new Issuing(stable, Duration.ofMillis(50), Duration.ofMinutes(10));
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), stable, issuing, TokenFleetOfOne.LIMITS)) {
            Secret first = fleet.all(Keeper::current).get(0);
            issuing.wechat().refuse(first);

            List<Secret> next =
                    fleet.all(keeper -> Future.all(keeper.refused(first), keeper.refused(first), keeper.refused(first))
                            .map(three -> three.<Secret>resultAt(2)));

            assertThat(next).containsOnly(Secret.of("token-2"));
            assertThat(issuing.wechat().fetches()).isEqualTo(2);
        }
    }

    @Test
    void fetchesTogetherNoMoreOftenThanOneInstanceWhereEveryTokenIsRefused() {
        Issuing issuing = new Issuing(false, Duration.ofMillis(5), Duration.ofMinutes(10));
        Duration watched = Duration.ofSeconds(5);
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, issuing, TokenFleetOfOne.LIMITS)) {
            long end = System.nanoTime() + watched.toNanos();
            for (int each = 0; System.nanoTime() < end; each++) {
                TokenFleetOfOne.Member member = fleet.member(each % TokenFleetOfOne.SIZE);
                Await.result(member.ask(
                        keeper -> keeper.current().onSuccess(keeper::refused).otherwise(Secret.of("none"))));
            }

            long longestPause = TokenFleetOfOne.RENEWAL.longestPause().toMillis();
            assertThat(issuing.wechat().fetches()).isBetween(5, (int) (watched.toMillis() / (longestPause / 2)) + 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "paused", "flushed", "restarted"})
    void keepsItsCallersGoingInStableModeWhenRedisIs(String fault) {
        Issuing issuing = new Issuing(true, Duration.ofMillis(20));
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), true, issuing, TokenFleetOfOne.LIMITS)) {
            fleet.all(Keeper::current);
            try (TokenFleetOfOne.Callers callers = fleet.callers(issuing.wechat()::takes)) {
                Await.until("an expiry", () -> issuing.wechat().fetches() >= 2);
                hurt(fault);
                int before = issuing.wechat().fetches();
                Await.until("expiries meanwhile", () -> issuing.wechat().fetches() >= before + 2);
                heal(fault);
                Await.until("up", () -> fleet.member(0).link().state().up());
                int after = issuing.wechat().fetches();
                Await.until("expiries afterwards", () -> issuing.wechat().fetches() >= after + 2);

                assertThat(callers.failed).hasValue(0);
                assertThat(callers.refused).hasValue(0);
                assertThat(callers.waited).hasValue(0);
            }
        }
    }

    @Test
    void keepsTheOldOneInClassicModeWhileRedisIsAwayAndThenLetsOneFetch() {
        Duration life = Duration.ofSeconds(6);
        Issuing issuing = new Issuing(false, Duration.ofMillis(20), life);
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, issuing, TokenFleetOfOne.LIMITS)) {
            fleet.all(Keeper::current);
            try (TokenFleetOfOne.Callers callers = fleet.callers(issuing.wechat()::takes)) {
                redis.kill();
                Await.until(
                        "due",
                        () -> fleet.all(Keeper::current).equals(all("token-1"))
                                && fleet.member(0).state().storeAway());
                Await.until("overdue", () -> overdue(fleet.member(0)));
                assertThat(issuing.wechat().fetches()).isEqualTo(1);
                redis.restart();
                Await.until("renewed", () -> fleet.all(Keeper::current).equals(all("token-2")));

                assertThat(issuing.wechat().fetches()).isEqualTo(2);
                assertThat(callers.failed).hasValue(0);
                assertThat(callers.refused).hasValue(0);
            }
        }
    }

    @Test
    void putsTheTokenBackAfterALossOfAllData() {
        Issuing issuing = new Issuing(false, Duration.ofMillis(20), Duration.ofMinutes(10));
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, issuing, TokenFleetOfOne.LIMITS)) {
            fleet.all(Keeper::current);
            redis.command("FLUSHALL");
            Await.until(
                    "back",
                    () -> redis.command("HGET", "weir:{wx1}:access_token", "value")
                            .contains("token-1"));

            assertThat(fleet.all(Keeper::current)).containsOnly(Secret.of("token-1"));
            assertThat(issuing.wechat().fetches()).isEqualTo(1);
        }
    }

    @Test
    void neverLetsAFrozenWriterOverwriteANewerToken() {
        Queue<Promise<FetchedCredential>> held = new ConcurrentLinkedQueue<>();
        CredentialFetcher holding = (account, kind, force) -> {
            Promise<FetchedCredential> answer = Promise.promise();
            held.add(answer);
            return answer.future();
        };
        TokenLimits brief = new TokenLimits(
                Duration.ofSeconds(9),
                Duration.ofSeconds(8),
                Duration.ofMillis(30),
                Duration.ofMillis(50),
                Duration.ofMillis(2));
        try (TokenFleetOfOne fleet = new TokenFleetOfOne(redis.config(), false, vertx -> holding, brief, 2)) {
            Await.until("both have one", () -> {
                held.forEach(answer -> answer.tryComplete(issued("first")));
                held.removeIf(answer -> answer.future().isComplete());
                return fleet.member(0).state().source().isPresent()
                        && fleet.member(1).state().source().isPresent();
            });
            for (int round = 0; round < 100; round++) {
                String newer = "newer-" + round;
                Future<Secret> frozen = fleet.member(0).ask(keeper -> keeper.renew(false));
                Await.until("one fetches", () -> held.size() == 1);
                Future<Secret> quick = fleet.member(1).ask(keeper -> keeper.renew(false));
                Await.until("another has taken over", () -> held.size() == 2);
                Promise<FetchedCredential> first = held.remove();
                held.remove().complete(issued(newer));
                assertThat(Await.result(quick)).isEqualTo(Secret.of(newer));
                Await.until("written", () -> stored().contains(newer));

                first.complete(issued("stale-" + round));
                Await.result(frozen);
                Await.until(
                        "the newer one",
                        () -> Await.result(fleet.member(0).ask(Keeper::current)).equals(Secret.of(newer)));

                assertThat(stored()).contains(newer);
            }
        }
    }

    private static FetchedCredential issued(String value) {
        return new FetchedCredential(Secret.of(value), Duration.ofMinutes(10));
    }

    private String stored() {
        return redis.command("HGET", "weir:{wx1}:access_token", "value");
    }

    private static List<Secret> all(String value) {
        return Collections.nCopies(TokenFleetOfOne.SIZE, Secret.of(value));
    }

    private static boolean overdue(TokenFleetOfOne.Member member) {
        return member.state()
                .nextRenewal()
                .filter(time -> time.compareTo(Duration.ofMillis(-200)) < 0)
                .isPresent();
    }

    private long evalCalls() {
        String stats = redis.command("INFO", "commandstats");
        String calls = stats.replaceAll("(?s).*cmdstat_evalsha:calls=([0-9]+).*", "$1");
        return calls.matches("[0-9]+") ? Long.parseLong(calls) : 0;
    }

    private void hurt(String fault) {
        switch (fault) {
            case "killed" -> redis.kill();
            case "paused" -> redis.pause();
            case "flushed" -> redis.command("FLUSHALL");
            default -> redis.restart();
        }
    }

    private void heal(String fault) {
        switch (fault) {
            case "killed" -> redis.restart();
            case "paused" -> redis.resume();
            default -> redis.command("PING");
        }
    }

    /** Makes the one issuer when the fleet's Vert.x is there. */
    private static final class Issuing implements Function<Vertx, CredentialFetcher> {
        private final boolean stable;
        private final Duration delay;
        private final Duration life;
        private final AtomicReference<FakeWeChat> wechat = new AtomicReference<>();

        Issuing(boolean stable, Duration delay) {
            this(stable, delay, LIFE);
        }

        Issuing(boolean stable, Duration delay, Duration life) {
            this.stable = stable;
            this.delay = delay;
            this.life = life;
        }

        @Override
        public CredentialFetcher apply(Vertx vertx) {
            wechat.set(new FakeWeChat(vertx, stable, life, delay));
            return wechat();
        }

        FakeWeChat wechat() {
            return Objects.requireNonNull(wechat.get());
        }
    }
}
