package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.weir.client.BusAccessTokens;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.client.WeChatCredentialFetcher;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisFleetCounter;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import io.weir.token.RedisTokenStore;
import io.weir.token.Renewal;
import io.weir.token.TokenVerticle;
import io.weir.token.TokenVerticle.TokenLimits;
import io.weir.wechat.codec.Mode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Eight instances of one installation, each with an event loop, a keeper and a client of its own; they share one Redis, and
 * ask the simulated WeChat over HTTP.
 */
final class TokenFleet implements AutoCloseable {
    static final int SIZE = 8;

    /** Due when a fifth to a third of the life is over: there is time for something to go wrong, and nobody waits long for it. */
    static final Renewal EARLY = new Renewal(
            Duration.ofMinutes(5), 0.8, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1));

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<Instance> instances = new ArrayList<>();
    private final List<AccountConfig> accounts;
    private final Simulator wechat;

    /** @param modes one for each account */
    TokenFleet(RedisConfig redis, String name, List<TokenMode> modes, Duration life, Renewal renewal) {
        this.accounts = IntStream.range(0, modes.size())
                .mapToObj(each -> account(name + "-" + each, modes.get(each)))
                .toList();
        this.wechat = simulator(vertx, accounts);
        accounts.forEach(account -> live(account, life));
        for (int each = 0; each < SIZE; each++) {
            instances.add(instance(redis, renewal));
        }
    }

    /** A started WeChat that knows the accounts. */
    static Simulator simulator(Vertx vertx, List<AccountConfig> accounts) {
        SimulatorConfig config = new SimulatorConfig(
                "127.0.0.1",
                0,
                Optional.empty(),
                accounts.stream().map(TokenFleet::official).toList(),
                false);
        return Await.result(new Simulator(vertx, config, new RealTime(vertx)).start());
    }

    /** One process of the installation. */
    record Instance(Vertx vertx, BusAccessTokens tokens, WeChatClient client, RedisLink redis) {}

    private Instance instance(RedisConfig redis, Renewal renewal) {
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        IdentityCodec.install(own);
        Clock clock = Clock.systemUTC();
        RedisLink link = RedisLink.open(own, redis, RedisLimits.DEFAULT);
        Await.result(link.attempted());
        WeChatConfig config = new WeChatConfig(wechat.baseUri(), Duration.ofSeconds(5));
        BusAccessTokens tokens = new BusAccessTokens(own, Duration.ofSeconds(7));
        WeChatClient client = WeChatClient.create(
                own,
                config,
                accounts,
                tokens,
                new RedisFleetCounter(link, new MemoryFleetCounter(System::nanoTime)),
                clock);
        TokenLimits limits = TokenLimits.of(config.timeout());
        Await.result(own.deployVerticle(new TokenVerticle(
                accounts, new RedisTokenStore(link), new WeChatCredentialFetcher(client, accounts), limits, renewal)));
        return new Instance(own, tokens, client, link);
    }

    List<Instance> instances() {
        return instances;
    }

    List<AccountConfig> accounts() {
        return accounts;
    }

    Simulator wechat() {
        return wechat;
    }

    /** How long the account's tokens live from now on. */
    void live(AccountConfig account, Duration life) {
        exclusively(account, at -> {
            at.tokens().life(life);
            return at;
        });
    }

    boolean isTaken(AccountConfig account, Secret token) {
        return exclusively(account, at -> at.tokens().problem(token.reveal()).isEmpty());
    }

    <T> T exclusively(AccountConfig account, Function<PlatformAccount, T> action) {
        return wechat.platform().exclusively(() -> action.apply(wechat.account(account.name())));
    }

    long fetches(AccountConfig account) {
        return wechat.calls().of(account.name(), fetchPath(account.tokenMode()));
    }

    static String fetchPath(TokenMode mode) {
        return mode == TokenMode.CLASSIC ? "/cgi-bin/token" : "/cgi-bin/stable_token";
    }

    /** What each instance answers now. */
    List<Secret> current(AccountConfig account) {
        return all(instance -> instance.tokens().current(account.name()));
    }

    /** How each instance's access_token is now. */
    List<CredentialState> states(AccountConfig account) {
        return all(instance -> instance.tokens().states(account.name()).map(states -> states.get(0)));
    }

    private <T> List<T> all(Function<Instance, Future<T>> question) {
        return instances.stream().map(question).toList().stream()
                .map(Await::result)
                .toList();
    }

    private static AccountConfig account(String name, TokenMode mode) {
        return new AccountConfig(
                name,
                "wx-" + name,
                Secret.of("secret"),
                List.of(Secret.of("token")),
                List.of(),
                Mode.PLAINTEXT,
                Optional.empty(),
                mode,
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

    @Override
    public void close() {
        instances.forEach(instance -> instance.redis().close());
        instances.forEach(instance -> Await.result(instance.vertx().close()));
        Await.result(wechat.stop());
        Await.result(vertx.close());
    }
}
