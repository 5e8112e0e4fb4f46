package io.weir;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.admin.AdminRoutes;
import io.weir.admin.AdminVerticle;
import io.weir.admin.SessionRoutes;
import io.weir.admin.Sessions;
import io.weir.client.BusAccessTokens;
import io.weir.client.OperatorCredentials;
import io.weir.client.SharedCredentials;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatCredentialFetcher;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Late;
import io.weir.dispatch.Observers;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.PushHandler;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.late.CustomerServiceReplies;
import io.weir.dispatch.once.Executions;
import io.weir.dispatch.once.LateRetryLimiter;
import io.weir.dispatch.once.Loop;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.OnceOnly;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.RedisPushStore;
import io.weir.handler.ClickHandler;
import io.weir.handler.HandlerTable;
import io.weir.handler.LocationHandler;
import io.weir.handler.LocationSelectHandler;
import io.weir.handler.MessageHandler;
import io.weir.handler.PicHandler;
import io.weir.handler.ScanHandler;
import io.weir.handler.ScancodeHandler;
import io.weir.handler.SubscribeHandler;
import io.weir.handler.UnsubscribeHandler;
import io.weir.handler.ViewHandler;
import io.weir.handler.ViewMiniprogramHandler;
import io.weir.health.ClockCheck;
import io.weir.health.ClockVerticle;
import io.weir.health.Dependencies;
import io.weir.health.Health;
import io.weir.health.HealthRoutes;
import io.weir.health.WarmUp;
import io.weir.http.OverloadRefusals;
import io.weir.http.Runtimes;
import io.weir.http.api.ApiRoute;
import io.weir.journal.AnswerList;
import io.weir.journal.AnswerOwners;
import io.weir.journal.Journal;
import io.weir.journal.JournalRoutes;
import io.weir.journal.Journalled;
import io.weir.journal.Replays;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.http.MenuRoutes;
import io.weir.menu.publish.MenuChanges;
import io.weir.plugin.PluginHandlers;
import io.weir.plugin.Services;
import io.weir.receiver.Accounts;
import io.weir.receiver.PushEndpoint;
import io.weir.receiver.PushServer;
import io.weir.receiver.Refusals;
import io.weir.redis.FleetCounter;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisClock;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisFleetCounter;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.reload.ConfigurationFile;
import io.weir.reload.ConfigurationVerticle;
import io.weir.reload.RunningAccounts;
import io.weir.replies.Replies;
import io.weir.replies.RepliesVerticle;
import io.weir.token.MemoryTokenStore;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenLimits;
import io.weir.token.TokenRoutes;
import io.weir.token.TokenStore;
import io.weir.token.TokenVerticle;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.BufferedRandom;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: what a gateway consists of, and in which order it starts and stops. It starts from the inside
 * out and stops from the outside in: the public listener opens last and closes first.
 */
public final class Gateway {
    private static final Duration LOOK_FOR_CHANGED_FILES = Duration.ofSeconds(1);
    /** Longer than the keeper lets a caller wait. */
    private static final Duration TOKEN_WAIT = Duration.ofSeconds(7);

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Replies replies;
    private final PluginHandlers own;
    private final RuntimeOptions options;
    private final Clock clock;
    /** What pushes are measured by and replies carry: Redis's time, where there is a Redis. */
    private final Clock time;

    private final ClockVerticle clockVerticle;
    private final SecureRandom random = new SecureRandom();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Refusals refusals;
    private final Observers observers;
    private final RunningAccounts accounts;
    private final OutcomeCounters outcomes = new OutcomeCounters(metrics);
    private final Journal journal;
    private final HandlerTimes handlerTimes;
    private final SharedState shared;
    private final SharedCredentials sharedCredentials;
    private final WeChatClient wechat;
    private final Executions executions;
    private final MenuChanges menus;
    private final Health health;
    private final AtomicInteger pushPort = new AtomicInteger();
    private final AtomicInteger adminPort = new AtomicInteger();
    private final Queue<PushServer> servers = new ConcurrentLinkedQueue<>();

    /** One that keeps the configuration that it has. */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, PluginHandlers own) {
        this(vertx, config, replies, own, RuntimeOptions.of(Optional.empty()));
    }

    /**
     * What is not of the configuration.
     *
     * @param file taken in again when it changes; empty where there is none
     * @param look how often it is looked at
     * @param clock the machine's
     * @param menuBackups the folder for backups of menus; made when it is needed
     * @param warmUp what is done before it gets ready; empty for nothing
     */
    public record RuntimeOptions(
            Optional<ConfigurationFile> file,
            Duration look,
            Clock clock,
            Path menuBackups,
            Optional<WarmUp.Limits> warmUp) {
        /** Keeps backups of menus beside the file. */
        public RuntimeOptions(Optional<ConfigurationFile> file, Duration look, Clock clock) {
            this(file, look, clock, MenuChanges.backupFolder(file.map(ConfigurationFile::path)));
        }

        /** Gets ready as soon as its ports are open. */
        public RuntimeOptions(Optional<ConfigurationFile> file, Duration look, Clock clock, Path menuBackups) {
            this(file, look, clock, menuBackups, Optional.empty());
        }

        /** Those of a process. */
        public static RuntimeOptions of(Optional<ConfigurationFile> file) {
            return new RuntimeOptions(file, LOOK_FOR_CHANGED_FILES, Clock.systemUTC());
        }

        /** The same, for a gateway that gets ready only when it is warm. */
        public RuntimeOptions warmedUp() {
            return new RuntimeOptions(file, look, clock, menuBackups, Optional.of(WarmUp.Limits.DEFAULT));
        }
    }

    /**
     * A gateway that has not started.
     *
     * @param vertx made by {@link Runtimes}; has one event loop per core and is closed by whoever made it
     * @param own handlers that take the place of built-in ones
     */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, PluginHandlers own, RuntimeOptions options) {
        this.vertx = vertx;
        this.config = config;
        this.replies = replies;
        this.own = own;
        this.options = options;
        this.clock = options.clock();
        OnceLimits limits = OnceLimits.DEFAULT.withWindow(config.push().timestampWindow());
        this.shared = SharedState.open(vertx, config.redis(), limits, clock);
        Optional<RedisClock> redisTime = shared.clock();
        this.time = redisTime.<Clock>map(each -> each).orElse(clock);
        this.journal = new Journal(time);
        this.refusals = new Refusals(metrics, journal::addRefused);
        this.observers = new Observers(vertx);
        this.handlerTimes = new HandlerTimes(time);
        ClockCheck clockCheck = new ClockCheck(redisTime, clock, System::nanoTime);
        this.clockVerticle = new ClockVerticle(redisTime, attempted(), clockCheck);
        this.accounts = running(config.accounts());
        BusAccessTokens tokens = new BusAccessTokens(vertx, TOKEN_WAIT);
        this.sharedCredentials = tokens;
        this.wechat = WeChatClient.create(vertx, config.wechat(), config.accounts(), tokens, shared.counts(), clock);
        this.menus = MenuChanges.create(vertx, wechat, shared.redis(), options.menuBackups(), clock);
        Executions.Rules rules =
                new Executions.Rules(limits, lateRetries(), lateReplies(), outcomes, time, System::nanoTime);
        this.executions = new Executions(shared.pushes(), instanceName(), rules, metrics);
        Dependencies dependencies = new Dependencies(shared.redis(), executions::alone, wechat::stops, clockCheck);
        this.health = new Health(accounts, options.file(), replies, dependencies, clock);
        new JvmMemoryMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }

    /** The handlers, each for its kinds of push. What they leave goes to the {@link HandlerTable}'s last. */
    private List<Supplier<PushHandler<?>>> handlers() {
        return List.of(
                () -> new ClickHandler(replies),
                ViewHandler::new,
                () -> new ScancodeHandler(replies),
                () -> new PicHandler(replies),
                () -> new LocationSelectHandler(replies),
                ViewMiniprogramHandler::new,
                () -> new SubscribeHandler(replies),
                UnsubscribeHandler::new,
                () -> new ScanHandler(replies),
                LocationHandler::new,
                () -> new MessageHandler(replies));
    }

    /** What a push passes on its way to its handler, outermost first: one pipeline for each event loop. */
    private PushPipeline pipeline() {
        return new Journalled(OnceOnly.here(vertx, bus(), executions), journal, time);
    }

    /** The end of that way: the handlers. */
    private PushPipeline bus() {
        return new HandlerStage(HandlerStage.bus(vertx, observers), handlerTimes, time);
    }

    private LateRetryLimiter lateRetries() {
        return new LateRetryLimiter(latePolicies(), shared.rateLimits());
    }

    private Map<PushType<?>, Late> latePolicies() {
        Map<PushType<?>, Late> late = new HashMap<>(own.late());
        for (PushType<?> type : PushType.all()) {
            Optional.ofNullable(config.handlers().get(type.wireName()))
                    .flatMap(HandlerConfig::late)
                    .ifPresent(policy -> late.put(type, policy));
        }
        return late;
    }

    private CustomerServiceReplies lateReplies() {
        return new CustomerServiceReplies(new CustomerServiceCalls(wechat), shared.rateLimits(), metrics);
    }

    private String instanceName() {
        return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }

    private PushEndpoint endpoint() {
        return new PushEndpoint(
                accounts.pushAccounts(),
                new PushCodec(
                        new MessageCrypto(new BufferedRandom(random::nextBytes)),
                        config.push().timestampWindow()),
                pipeline(),
                refusals,
                metrics,
                new PushEndpoint.Clocks(time, clock));
    }

    /** Starts everything; the future fails when a port cannot be had. */
    public Future<Gateway> start() {
        IdentityCodec.install(vertx);
        Future<?> timeKnown = deploy(() -> clockVerticle, 1);
        Future<?> deployed = deploy(this::tokenVerticle, 1).compose(before -> vertx.executeBlocking(this::startOwn));
        for (PluginHandlers.Deployment each : own.deployments(Runtimes.LOOPS)) {
            deployed = deployed.compose(before -> vertx.deployVerticle(each.verticle(), each.options()));
        }
        for (Supplier<PushHandler<?>> handler : HandlerTable.complete(handlers(), own.types())) {
            deployed = deployed.compose(before -> deploy(handler, Runtimes.LOOPS));
        }
        return deployed.compose(before -> deploy(() -> new RepliesVerticle(replies, LOOK_FOR_CHANGED_FILES, clock), 1))
                .compose(before -> deployConfiguration())
                .compose(before -> deploy(this::adminVerticle, 1))
                .compose(before -> timeKnown)
                .compose(before -> deploy(this::pushServer, Runtimes.LOOPS))
                .compose(before -> warmUp())
                .map(before -> {
                    health.open();
                    return this;
                });
    }

    /**
     * Stops taking pushes: {@code /ready} returns 503 and answers tell clients to leave; after {@code notice} the listener closes,
     * and what runs is waited for, its late replies too, {@code push.drain} at most.
     */
    public Future<Void> stop(Duration notice) {
        health.close();
        return vertx.timer(Math.max(1, notice.toMillis()))
                .compose(waited -> Future.join(
                        servers.stream().map(PushServer::stopListening).toList()))
                .compose(shut ->
                        executions.finish(Loop.current(vertx), config.push().drain()))
                .compose(finished -> vertx.executeBlocking(this::stopOwn))
                .onComplete(stopped -> shared.close());
    }

    /** For seeing pushes of any type without answering them. */
    public Observers observers() {
        return observers;
    }

    /** The public port that it listens on. */
    public int pushPort() {
        return pushPort.get();
    }

    /** The admin port that it listens on. */
    public int adminPort() {
        return adminPort.get();
    }

    private @Nullable Void startOwn() {
        own.start(this::services);
        return null;
    }

    private @Nullable Void stopOwn() {
        own.stop();
        return null;
    }

    private Services services(PushType<?> type) {
        return new Services(
                vertx,
                config.accounts(),
                Objects.requireNonNull(config.handlers().get(type.wireName())).settings(),
                replies::reply,
                wechat,
                observers);
    }

    private Future<String> deploy(Supplier<? extends Deployable> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances));
    }

    private Future<?> deployConfiguration() {
        return options.file()
                .<Future<?>>map(
                        file -> deploy(() -> new ConfigurationVerticle(file, accounts, options.look(), clock), 1))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> warmUp() {
        return options.warmUp().map(limits -> WarmUp.run(vertx, limits)).orElseGet(Future::succeededFuture);
    }

    private Future<Void> attempted() {
        return shared.redis().map(RedisLink::attempted).orElseGet(Future::succeededFuture);
    }

    private RunningAccounts running(List<AccountConfig> atStart) {
        Accounts pushAccounts =
                new Accounts(atStart.stream().map(AccountConfig::credentials).toList(), metrics);
        return new RunningAccounts(atStart, pushAccounts);
    }

    private TokenVerticle tokenVerticle() {
        return new TokenVerticle(
                config.accounts(),
                shared.tokens(),
                new WeChatCredentialFetcher(wechat, config.accounts()),
                TokenLimits.of(config.wechat().timeout()));
    }

    private PushServer pushServer() {
        PushServer server = new PushServer(
                config.push(),
                this::endpoint,
                new OverloadRefusals(metrics, "push"),
                pushPort,
                () -> !health.isStopping());
        servers.add(server);
        return server;
    }

    private AdminVerticle adminVerticle() {
        Sessions sessions = new Sessions(config.admin().token(), random::nextBytes, clock);
        OverloadRefusals overload = new OverloadRefusals(metrics, "admin");
        return new AdminVerticle(config.admin(), sessions, accountNames(), adminRoutes(sessions), overload, adminPort);
    }

    private List<ApiRoute> adminRoutes(Sessions sessions) {
        SharedCredentials credentials = new OperatorCredentials(sharedCredentials, wechat);
        return Stream.of(
                        new HealthRoutes(health::isReady, health::report, metrics::scrape).all(),
                        AdminRoutes.all(accounts::current, new NetworkCalls(wechat)),
                        SessionRoutes.all(vertx, sessions, metrics),
                        TokenRoutes.all(credentials),
                        MenuRoutes.all(vertx, wechat, menus, config.accounts(), this::answers),
                        new JournalRoutes(vertx, journal, shared.pushes(), time)
                                .all(sessions::mayGoOn, replays(), answerList()))
                .flatMap(List::stream)
                .toList();
    }

    private Replays replays() {
        return new Replays(this::bus, journal, metrics);
    }

    private AnswerList answerList() {
        Map<PushType<?>, String> handlers = new HashMap<>(own.names());
        handlers.putAll(HandlerTable.names(HandlerTable.complete(handlers(), own.types())));
        AnswerOwners answers = new AnswerOwners(handlers, own.types(), latePolicies(), replies::of);
        List<String> accounts =
                config.accounts().stream().map(AccountConfig::name).toList();
        return new AnswerList(accounts, answers, outcomes, handlerTimes);
    }

    private AnswersCheck answers(String account) {
        return new AnswersCheck(replies.of(account), own.types());
    }

    private Set<String> accountNames() {
        return config.accounts().stream().map(AccountConfig::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What the instances of a fleet share: in Redis, or, where none is configured, in the memory of the only one.
     *
     * @param redis the way to it; connects by itself, now and whenever it must
     * @param clock Redis's; empty without one
     * @param pushes who runs which push, and what was answered
     * @param rateLimits what may be done so often within a time
     */
    private record SharedState(
            Optional<RedisLink> redis,
            Optional<RedisClock> clock,
            TokenStore tokens,
            FleetCounter counts,
            PushStore pushes,
            FleetCounter rateLimits) {
        static SharedState open(Vertx vertx, Optional<RedisConfig> config, OnceLimits limits, Clock clock) {
            MemoryFleetCounter rateLimits = new MemoryFleetCounter(System::nanoTime);
            if (config.isEmpty()) {
                TokenStore tokens = new MemoryTokenStore(System::nanoTime);
                return new SharedState(
                        Optional.empty(),
                        Optional.empty(),
                        tokens,
                        new MemoryFleetCounter(System::nanoTime),
                        new PushStore.Solo(),
                        rateLimits);
            }
            RedisLink link = RedisLink.open(vertx, config.get(), RedisLimits.DEFAULT);
            RedisClock time = new RedisClock(link, clock, System::nanoTime);
            LongSupplier skew = () -> time.machineAhead().orElse(Duration.ZERO).toMillis();
            return new SharedState(
                    Optional.of(link),
                    Optional.of(time),
                    new RedisTokenStore(link),
                    new RedisFleetCounter(link, new MemoryFleetCounter(System::nanoTime)),
                    new RedisPushStore(link, limits, time::millis, skew),
                    new RedisFleetCounter(link, rateLimits));
        }

        void close() {
            redis.ifPresent(RedisLink::close);
        }
    }
}
