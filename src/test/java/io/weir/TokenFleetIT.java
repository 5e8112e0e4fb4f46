package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.weir.client.BusAccessTokens;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.client.WeChatIssuer;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.simulator.OfficialAccount;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.api.ApiFault;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import io.weir.token.TokenLimits;
import io.weir.token.TokenVerticle;
import io.weir.wechat.codec.Mode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Eight keepers on event loops of their own, one Redis, and the simulated WeChat over HTTP, in classic mode, where every
 * fetch too many ends somebody else's token. A hundred accounts live through two expiries each, so that two hundred take
 * seconds: at 20, 150 and 400 ms for a fetch, all three at once.
 */
class TokenFleetIT {
    private static final int KEEPERS = 8;
    private static final int ACCOUNTS = 100;
    private static final int EXPIRIES = 2;
    private static final Duration LIFE = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FETCH = "/cgi-bin/token";

    private final RedisServer redis = RedisServer.start();
    private final List<Fleet> fleets = new ArrayList<>();

    @AfterEach
    void close() {
        fleets.forEach(Fleet::close);
        redis.close();
    }

    @Test
    void fetchesTwoHundredTimesForTwoHundredExpiries() {
        for (int delay : new int[] {20, 150, 400}) {
            fleets.add(new Fleet(redis, delay));
        }

        fleets.forEach(Fleet::ask);
        Await.until("expiries", LIMIT, () -> fleets.stream().allMatch(fleet -> fleet.leastFetches() > EXPIRIES));

        for (Fleet fleet : fleets) {
            assertThat(fleet.fetches()).as(fleet.toString()).containsOnly((long) EXPIRIES + 1);
            assertThat(fleet.answered).hasPositiveValue();
            assertThat(fleet.failed).as("callers that got none").hasValue(0);
            assertThat(fleet.refused).as("tokens that WeChat no longer takes").hasValue(0);
        }
    }

    /** The instances of one installation with their WeChat. */
    private static final class Fleet {
        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        private final List<Vertx> instances = new ArrayList<>();
        private final List<BusAccessTokens> askers = new ArrayList<>();
        private final List<AccountConfig> accounts;
        private final Simulator wechat;
        private final int delay;
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        Fleet(RedisServer redis, int delay) {
            this.delay = delay;
            this.accounts = IntStream.range(0, ACCOUNTS).mapToObj(this::account).toList();
            this.wechat = new Simulator(
                    vertx,
                    new SimulatorConfig(
                            "127.0.0.1",
                            0,
                            Optional.empty(),
                            accounts.stream().map(Fleet::official).toList(),
                            false),
                    new RealTime(vertx));
            Await.result(wechat.start());
            accounts.forEach(account -> wechat.platform().exclusively(() -> {
                wechat.account(account.name()).tokens().life(LIFE);
                return account;
            }));
            wechat.apiFaults().always(FETCH, new ApiFault.Delay(Duration.ofMillis(delay)));
            for (int each = 0; each < KEEPERS; each++) {
                keeper(redis);
            }
        }

        private void keeper(RedisServer redis) {
            Vertx instance = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            instances.add(instance);
            IdentityCodec.install(instance);
            Clock clock = Clock.systemUTC();
            SharedState shared = SharedState.open(instance, Optional.of(redis.config()), clock);
            Await.result(shared.redis().orElseThrow().attempted());
            WeChatConfig config = new WeChatConfig(wechat.baseUri(), Duration.ofSeconds(5));
            BusAccessTokens tokens = new BusAccessTokens(instance, Duration.ofSeconds(7));
            WeChatClient client = WeChatClient.create(instance, config, accounts, tokens, shared.counts(), clock);
            Await.result(instance.deployVerticle(new TokenVerticle(
                    accounts, shared.tokens(), new WeChatIssuer(client, accounts), TokenLimits.of(config.timeout()))));
            askers.add(tokens);
        }

        /** Each keeper for each account in turn, as fast as three seconds for all of them. */
        void ask() {
            for (int each = 0; each < KEEPERS; each++) {
                BusAccessTokens asker = askers.get(each);
                AtomicInteger turn = new AtomicInteger(each);
                instances
                        .get(each)
                        .setPeriodic(25, id -> askFor(asker, accounts.get(turn.getAndIncrement() % ACCOUNTS)));
            }
        }

        private void askFor(BusAccessTokens asker, AccountConfig account) {
            asker.current(account.name())
                    .onFailure(failure -> failed.incrementAndGet())
                    .onSuccess(token -> {
                        answered.incrementAndGet();
                        if (!isTaken(account, token)) {
                            refused.incrementAndGet();
                        }
                    });
        }

        private boolean isTaken(AccountConfig account, Secret token) {
            return wechat.platform()
                    .exclusively(() -> wechat.account(account.name())
                            .tokens()
                            .problem(token.reveal())
                            .isEmpty());
        }

        List<Long> fetches() {
            return accounts.stream()
                    .map(account -> wechat.calls().of(account.name(), FETCH))
                    .toList();
        }

        long leastFetches() {
            return Stream.of(fetches())
                    .flatMap(List::stream)
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(0);
        }

        private AccountConfig account(int number) {
            return new AccountConfig(
                    "a" + delay + "-" + number,
                    "wx" + delay + "-" + number,
                    Secret.of("secret"),
                    List.of(Secret.of("token")),
                    List.of(),
                    Mode.PLAINTEXT,
                    Optional.empty(),
                    TokenMode.CLASSIC,
                    false,
                    Optional.empty());
        }

        private static OfficialAccount official(AccountConfig account) {
            return new OfficialAccount(
                    Registration.of(
                            account.name(), account.appId(), account.appSecret().reveal(), "gh_1"),
                    new SimulatedAccount(
                            account.name(), account.appId(), "token", Optional.empty(), "gh_1", PushMode.PLAINTEXT),
                    URI.create("http://127.0.0.1:1/"));
        }

        void close() {
            instances.forEach(instance -> Await.result(instance.close()));
            Await.result(wechat.stop());
            Await.result(vertx.close());
        }

        @Override
        public String toString() {
            return "fetches of each account at " + delay + " ms";
        }
    }
}
