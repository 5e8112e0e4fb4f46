package io.weir;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.admin.AdminConfig;
import io.weir.admin.AdminRoutes;
import io.weir.admin.AdminVerticle;
import io.weir.admin.AuditLog;
import io.weir.admin.SessionRoutes;
import io.weir.admin.Sessions;
import io.weir.backend.BackendClient;
import io.weir.backend.BackendSchemas;
import io.weir.backend.BackendWarmUp;
import io.weir.backend.CopyVerticle;
import io.weir.client.BusAccessTokens;
import io.weir.client.OperatorCredentials;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatCredentialFetcher;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.client.calls.NetworkCalls;
import io.weir.client.calls.TagCalls;
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
import io.weir.dispatch.durable.JournalConfig;
import io.weir.dispatch.durable.RedisWork;
import io.weir.dispatch.durable.StoredPush;
import io.weir.dispatch.durable.WorkOrSpool;
import io.weir.dispatch.late.CustomerServiceReplies;
import io.weir.dispatch.once.Executions;
import io.weir.dispatch.once.LateRetryLimiter;
import io.weir.dispatch.once.Loop;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.OnceOnly;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.RedisPushStore;
import io.weir.dispatch.once.Takeovers;
import io.weir.dispatch.once.WorkVerticle;
import io.weir.file.OwnedFolder;
import io.weir.fleet.Fleet;
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
import io.weir.health.ClockCheck.ClockVerticle;
import io.weir.health.GatewayMetrics;
import io.weir.health.Health;
import io.weir.health.Health.Dependencies;
import io.weir.health.HealthRoutes;
import io.weir.health.LoopLag;
import io.weir.health.Overview;
import io.weir.health.OverviewCounts;
import io.weir.health.WarmUp;
import io.weir.http.OverloadRefusals;
import io.weir.http.Runtimes;
import io.weir.http.api.ApiRoute;
import io.weir.journal.AnswerList;
import io.weir.journal.AnswerOwners;
import io.weir.journal.FleetPushes;
import io.weir.journal.Journal;
import io.weir.journal.JournalRoutes;
import io.weir.journal.Journalled;
import io.weir.journal.Replays;
import io.weir.journal.StoredPushRoutes;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.http.MenuRoutes;
import io.weir.menu.publish.MenuChanges;
import io.weir.plugin.runtime.HandlerServices;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.receiver.CallbackAddresses;
import io.weir.receiver.PushEndpoint;
import io.weir.receiver.PushServer;
import io.weir.receiver.Refusals;
import io.weir.receiver.Senders;
import io.weir.redis.FleetCounter;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisClock;
import io.weir.redis.RedisFleetCounter;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisMeters;
import io.weir.reload.ConfigurationFile;
import io.weir.reload.ConfigurationVerticle;
import io.weir.reload.RunningAccounts;
import io.weir.replies.Replies;
import io.weir.replies.RepliesEditors;
import io.weir.replies.RepliesVerticle;
import io.weir.token.CountedFetches;
import io.weir.token.MemoryTokenStore;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenRoutes;
import io.weir.token.TokenStore;
import io.weir.token.TokenVerticle;
import io.weir.token.TokenVerticle.TokenLimits;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.BufferedRandom;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The composition root: what a gateway consists of, and in which order it starts and stops. It starts from the inside
 * out and stops from the outside in: the public listener opens last and closes first.
 */
public final class Gateway {
    private static final Duration LOOK_FOR_CHANGED_FILES = Duration.ofSeconds(1);

    private final Given given;
    // The parts, each made of those before it.
    private final Foundation foundation;
    private final ServerApi api;
    private final PushPath pushes;
    private final Health health;
    private final OverloadRefusals pushOverload;
    private final GatewayMetrics metrics;
    private final FleetPushes fleet;
    private final Overview overview;
    private final RepliesEditors editors;
    private final List<PushServer> pushServers;
    private final AdminVerticle adminServer;

    /** The handlers, each for its kinds of push. What they leave goes to the {@link HandlerTable}'s last. */
    private static List<Supplier<PushHandler<?>>> handlers(Replies replies) {
        return List.of(
                () -> new ClickHandler(replies),
                () -> new ViewHandler(replies),
                () -> new ScancodeHandler(replies),
                () -> new PicHandler(replies),
                () -> new LocationSelectHandler(replies),
                () -> new ViewMiniprogramHandler(replies),
                () -> new SubscribeHandler(replies),
                () -> new UnsubscribeHandler(replies),
                () -> new ScanHandler(replies),
                () -> new LocationHandler(replies),
                () -> new MessageHandler(replies));
    }

    /** Starts everything; the future fails when a port cannot be had. */
    public Future<Gateway> start() {
        IdentityCodec.install(given.vertx);
        Future<?> timeKnown = deploy(foundation.clockVerticle());
        return deploy(api.tokenVerticle())
                .compose(before -> blocking(() -> given.plugins.start(handlerParts())))
                .compose(before -> inTurn(given.plugins.watcher(), this::deploy))
                .compose(before -> pushes.handlers.deploy(given.vertx))
                .compose(before ->
                        deploy(new RepliesVerticle(given.replies, LOOK_FOR_CHANGED_FILES, given.options.clock())))
                .compose(before -> deploy(editors))
                .compose(before -> inTurn(configurationVerticle(), this::deploy))
                .compose(before -> deploy(overview))
                .compose(before -> deploy(adminServer))
                .compose(before -> deploy(fleet))
                .compose(before -> timeKnown)
                .compose(before -> deploy(pushes.workVerticle()))
                .compose(before -> inTurn(pushes.copyVerticle(), this::deploy))
                .compose(before -> deploy(pushServers))
                .compose(before -> inTurn(certificates(), this::deploy))
                .compose(before -> inTurn(callbackAddresses(), this::deploy))
                .compose(before -> inTurn(given.options.warmUp(), this::warmUp))
                .compose(before -> deploy(LoopLag.ofAllLoops(foundation.metrics)))
                .compose(before -> deploy(metrics))
                .onSuccess(before -> health.open())
                .map(this);
    }

    private Future<Void> warmUp(WarmUp.Limits limits) {
        Future<Void> backends =
                given.config.backends().isEmpty() ? Future.succeededFuture() : BackendWarmUp.run(given.vertx);
        return backends.compose(before -> WarmUp.run(given.vertx, limits));
    }

    /**
     * Stops taking pushes: {@code /ready} returns 503 and answers tell clients to leave; after {@code notice} the listener closes,
     * and what runs is waited for, its late replies too, {@code push.drain} at most.
     */
    public Future<Void> stop(Duration notice) {
        health.close();
        return given.vertx
                .timer(Math.max(1, notice.toMillis()))
                .compose(waited -> Future.join(
                        pushServers.stream().map(PushServer::stopListening).toList()))
                .compose(shut -> pushes.finish())
                .compose(finished -> pushes.work.close())
                .compose(finished -> blocking(given.plugins::stop))
                .eventually(fleet::leave)
                .onComplete(stopped -> foundation.close());
    }

    /** A gateway that does not reload its configuration. */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, PluginHandlers plugins) {
        this(vertx, config, replies, plugins, RuntimeOptions.of(Optional.empty()));
    }

    /**
     * A gateway that has not started.
     *
     * @param vertx made by {@link Runtimes}; has one event loop per core and is closed by whoever made it
     * @param plugins handlers that take the place of built-in ones
     */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, PluginHandlers plugins, RuntimeOptions options) {
        given = new Given(vertx, config, replies, plugins, options);
        foundation = new Foundation(given);
        api = new ServerApi(given, foundation);
        pushes = new PushPath(given, foundation, api);
        health = new Health(pushes.accounts, options.file(), replies, dependencies(), options.clock());
        pushOverload = new OverloadRefusals(foundation.metrics, "push");
        metrics = metrics();
        fleet = fleetPushes();
        overview = new Overview(fleet.fleet(), health.problems()::json, counts(), foundation.time);
        Path folder = options.menuBackups().resolveSibling("replies-backups");
        editors = new RepliesEditors(vertx, replies, foundation.redis, folder, options.clock());
        pushServers = Stream.generate(this::pushServer).limit(Runtimes.LOOPS).toList();
        adminServer = adminServer();
    }

    /**
     * What a gateway needs besides its configuration.
     *
     * @param file reloaded when it changes; empty where there is none
     * @param look how often Weir reads it
     * @param clock the machine's
     * @param menuBackups the folder for backups of menus; made when it is needed
     * @param spool the folder for what must be kept and Redis cannot take; empty: such pushes are forgotten with the process
     * @param warmUp limits of the warm-up before it is ready; empty for none
     */
    public record RuntimeOptions(
            Optional<ConfigurationFile> file,
            Duration look,
            Clock clock,
            Path menuBackups,
            Optional<Path> spool,
            Optional<WarmUp.Limits> warmUp) {
        /** Without warm-up: ready as soon as the ports are open. Backups of menus stand beside the file. */
        public RuntimeOptions(Optional<ConfigurationFile> file, Duration look, Clock clock) {
            this(
                    file,
                    look,
                    clock,
                    MenuChanges.backupFolder(file.map(ConfigurationFile::path)),
                    Optional.empty(),
                    Optional.empty());
        }

        /** The options of a process. */
        public static RuntimeOptions of(Optional<ConfigurationFile> file) {
            return new RuntimeOptions(file, LOOK_FOR_CHANGED_FILES, Clock.systemUTC());
        }

        /** The same, with a warm-up before the gateway is ready. */
        public RuntimeOptions warmedUp() {
            return new RuntimeOptions(file, look, clock, menuBackups, spool, Optional.of(WarmUp.Limits.DEFAULT));
        }

        /** The same, with a spool beside the configuration file. */
        public RuntimeOptions spooling() {
            Path folder = OwnedFolder.ofProcess(file.map(ConfigurationFile::path), "spool");
            return new RuntimeOptions(file, look, clock, menuBackups, Optional.of(folder), warmUp);
        }
    }

    /** For seeing pushes of any type without answering them. */
    public Observers observers() {
        return pushes.observers;
    }

    /** WeChat's server API, with the accounts' tokens. */
    public WeChatClient wechat() {
        return api.client;
    }

    /** The public port that it listens on. */
    public int pushPort() {
        return pushServers.get(0).port();
    }

    /** The admin port that it listens on. */
    public int adminPort() {
        return adminServer.port();
    }

    private HandlerServices.GatewayParts handlerParts() {
        return new HandlerServices.GatewayParts(
                given.vertx,
                given.config.accounts(),
                given.replies::reply,
                api.client,
                pushes.observers,
                foundation.metrics);
    }

    private Dependencies dependencies() {
        return new Dependencies(
                foundation.redis,
                pushes.executions::alone,
                api.client::stops,
                api.client::troubles,
                () -> pushes.senders.openToAll(given.accountNames()),
                pushes.work::spoolState,
                given.plugins::trouble,
                foundation.clockCheck);
    }

    private Optional<ConfigurationVerticle> configurationVerticle() {
        RuntimeOptions options = given.options;
        return options.file()
                .map(file -> new ConfigurationVerticle(file, pushes.accounts, options.look(), options.clock()));
    }

    private Optional<Deployable> certificates() {
        return PushServer.renewals(given.config.push(), pushServers.get(0), given.options.look());
    }

    private Optional<CallbackAddresses> callbackAddresses() {
        return Optional.of(new CallbackAddresses(
                        given.config.accounts(), new NetworkCalls(api.client), foundation.redis, pushes.senders))
                .filter(each -> given.config.push().access().fromWeChat());
    }

    private PushServer pushServer() {
        return new PushServer(given.config.push(), pushes::endpoint, pushOverload, () -> !health.isStopping());
    }

    private FleetPushes fleetPushes() {
        Fleet fleet = health.fleet(pushes.owner, () -> adminServer.address(), given.config.redis(), foundation.metrics);
        return new FleetPushes(fleet, pushes.journal, pushes.accounts::current, pushes.observers, pushes.work::forget);
    }

    private OverviewCounts counts() {
        return new OverviewCounts(
                foundation.metrics, pushes.accounts.pushAccounts(), foundation.redisMeters, foundation.redis);
    }

    private GatewayMetrics metrics() {
        List<String> accounts = List.copyOf(given.accountNames());
        GatewayMetrics gathered = new GatewayMetrics(
                        given.vertx, foundation.metrics, accounts, api.credentials, api.fetcher)
                .redis(foundation.redis)
                .files(given.options.file(), given.replies.files())
                .queues(given.plugins.queues(), given.plugins::waiting)
                .connections(pushOverload)
                .problems(health.problems())
                .with(() -> pushes.expect(accounts))
                .with(() -> api.fetches.expect(accounts))
                .with(api.client::expect);
        return given.config.backends().isEmpty() ? gathered.noBackends() : gathered;
    }

    private AdminVerticle adminServer() {
        AdminConfig config = given.config.admin();
        Sessions sessions = new Sessions(config, foundation.random::nextBytes, given.options.clock());
        OverloadRefusals overload = new OverloadRefusals(foundation.metrics, "admin");
        AuditLog audit = new AuditLog(fleet.fleet()::redis, fleet.fleet().self(), given.options.clock());
        List<ApiRoute> routes = Stream.concat(adminRoutes(sessions).stream(), audit.routes().stream())
                .toList();
        return new AdminVerticle(config, sessions, given.accountNames(), routes, overload, audit);
    }

    private List<ApiRoute> adminRoutes(Sessions sessions) {
        Vertx vertx = given.vertx;
        return Stream.of(
                        new HealthRoutes(health::isReady, health::report, metrics::scrape).all(),
                        AdminRoutes.all(vertx, pushes.accounts::current, api.client),
                        SessionRoutes.all(vertx, sessions, foundation.metrics),
                        TokenRoutes.all(new OperatorCredentials(api.credentials, api.client)),
                        BackendSchemas.routes(),
                        overview.routes(),
                        editors.routes(),
                        MenuRoutes.all(vertx, api.client, api.menus, given.config.accounts(), given::answers),
                        new StoredPushRoutes(
                                        vertx,
                                        pushes.work.journal(),
                                        pushes.reader(),
                                        pushes.backends,
                                        foundation.metrics)
                                .all(),
                        new JournalRoutes(
                                        vertx,
                                        pushes.journal,
                                        pushes.store,
                                        foundation.time,
                                        fleet,
                                        pushes.executions,
                                        given.config.push()::localUrl)
                                .all(sessions::mayGoOn, pushes.replays(), pushes.answers(), api.people()))
                .flatMap(List::stream)
                .toList();
    }

    private Future<?> deploy(Deployable verticle) {
        return given.vertx.deployVerticle(verticle);
    }

    /** One for each event loop. */
    private Future<?> deploy(List<? extends Deployable> instances) {
        Iterator<? extends Deployable> next = instances.iterator();
        return given.vertx.deployVerticle(next::next, new DeploymentOptions().setInstances(instances.size()));
    }

    private Future<Void> blocking(Runnable step) {
        return given.vertx.executeBlocking(Executors.callable(step)).mapEmpty();
    }

    private static <T> Future<?> inTurn(Optional<T> part, Function<T, Future<?>> step) {
        return part.isPresent() ? step.apply(part.get()) : Future.succeededFuture();
    }

    /** What a gateway is made of, from outside. */
    private record Given(
            Vertx vertx, GatewayConfig config, Replies replies, PluginHandlers plugins, RuntimeOptions options) {
        Map<String, String> appIds() {
            return config.accounts().stream()
                    .collect(Collectors.toUnmodifiableMap(AccountConfig::name, AccountConfig::appId));
        }

        Set<String> accountNames() {
            return config.accounts().stream().map(AccountConfig::name).collect(Collectors.toUnmodifiableSet());
        }

        AnswersCheck answers(String account) {
            return new AnswersCheck(replies.of(account), (type, key) -> plugins.answers(account, type, key));
        }
    }

    /** What all else stands on: what the instances share, in Redis or, for the only one, in memory; time; metrics. */
    private static final class Foundation {
        final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        final RedisMeters redisMeters = new RedisMeters(metrics);
        final SecureRandom random = new SecureRandom();
        final Optional<RedisLink> redis;
        final Optional<RedisClock> redisTime;
        /** What pushes are measured by and replies carry: Redis's time, where there is a Redis. */
        final Clock time;

        final ClockCheck clockCheck;
        final FleetCounter rateLimits;

        Foundation(Given given) {
            Clock machine = given.options.clock();
            redis = given.config
                    .redis()
                    .map(config -> RedisLink.open(given.vertx, config, RedisLimits.DEFAULT, redisMeters));
            redisTime = redis.map(link -> new RedisClock(link, machine, System::nanoTime));
            time = redisTime.<Clock>map(clock -> clock).orElse(machine);
            clockCheck = new ClockCheck(redisTime, machine, System::nanoTime);
            rateLimits = counter();
        }

        ClockVerticle clockVerticle() {
            Future<Void> attempted = redis.map(RedisLink::attempted).orElseGet(Future::succeededFuture);
            return new ClockVerticle(redisTime, attempted, clockCheck);
        }

        FleetCounter counter() {
            MemoryFleetCounter memory = new MemoryFleetCounter(System::nanoTime);
            return redis.<FleetCounter>map(link -> new RedisFleetCounter(link, memory))
                    .orElse(memory);
        }

        TokenStore tokenStore() {
            return redis.<TokenStore>map(RedisTokenStore::new).orElseGet(() -> new MemoryTokenStore(System::nanoTime));
        }

        PushStore pushStore(OnceLimits limits) {
            return redis.<PushStore>map(link -> new RedisPushStore(link, limits, time::millis, this::skewMillis))
                    .orElseGet(PushStore.Solo::new);
        }

        WorkOrSpool work(Given given, String owner, Map<String, List<String>> copies) {
            JournalConfig journal = given.config.journal();
            return WorkOrSpool.open(
                    redis.map(link -> new RedisWork(link, owner, given.appIds(), journal, time::millis)),
                    given.options.spool(),
                    journal,
                    given.appIds().keySet(),
                    copies,
                    metrics);
        }

        private long skewMillis() {
            return redisTime
                    .flatMap(RedisClock::machineAhead)
                    .orElse(Duration.ZERO)
                    .toMillis();
        }

        void close() {
            redis.ifPresent(RedisLink::close);
        }
    }

    /** WeChat's server API: the tokens for it, the client, and the menus that are published by it. */
    private static final class ServerApi {
        /** Longer than the keeper lets a caller wait. */
        private static final Duration TOKEN_WAIT = Duration.ofSeconds(7);

        private final GatewayConfig config;
        private final TokenStore store;
        final CountedFetches fetches;
        final WeChatCredentialFetcher fetcher;
        final BusAccessTokens credentials;
        final WeChatClient client;
        final MenuChanges menus;

        ServerApi(Given given, Foundation foundation) {
            Clock clock = given.options.clock();
            config = given.config;
            store = foundation.tokenStore();
            credentials = new BusAccessTokens(given.vertx, TOKEN_WAIT);
            client = WeChatClient.create(
                    given.vertx,
                    config.wechat(),
                    config.accounts(),
                    credentials,
                    foundation.counter(),
                    clock,
                    foundation.metrics);
            fetcher = new WeChatCredentialFetcher(client, config.accounts());
            fetches = new CountedFetches(fetcher, foundation.metrics);
            menus = MenuChanges.create(given.vertx, client, foundation.redis, given.options.menuBackups(), clock);
        }

        /** What WeChat tells of people. */
        JournalRoutes.WeChat people() {
            return new JournalRoutes.WeChat(
                    new TagCalls(client), (account, openId) -> MenuRoutes.seen(client, account, openId));
        }

        TokenVerticle tokenVerticle() {
            return new TokenVerticle(
                    config.accounts(),
                    store,
                    fetches,
                    TokenLimits.of(config.wechat().timeout()));
        }
    }

    /** The way of a push, from the checks of its request to its handler. */
    private static final class PushPath {
        private final Given given;
        private final Foundation foundation;
        private final OutcomeCounters outcomes;
        private final HandlerTimes times;
        private final CustomerServiceReplies lateReplies;
        private final Refusals refusals;
        final Senders senders;
        private final Map<PushType<?>, Late> late;
        private final BackendClient backends;
        final Observers observers;
        final Replies replies;
        final RunningAccounts accounts;
        final Journal journal;
        final PushStore store;
        final String owner;
        final WorkOrSpool work;
        final Executions executions;
        final HandlerTable handlers;

        PushPath(Given given, Foundation foundation, ServerApi api) {
            owner = Long.toString(foundation.random.nextLong() >>> 1, Character.MAX_RADIX);
            this.given = given;
            this.foundation = foundation;
            outcomes = new OutcomeCounters(foundation.metrics);
            times = new HandlerTimes(foundation.time, foundation.metrics);
            journal = new Journal(
                    foundation.time,
                    given.config.journal().recent(),
                    given.config.journal().recentMemory());
            refusals = new Refusals(foundation.metrics, journal::addRefused);
            senders = new Senders(given.config.push().access(), foundation.metrics);
            late = HandlerConfig.late(given.config.handlers(), given.plugins.late());
            observers = new Observers(given.vertx);
            backends = backends();
            replies = given.replies.asking(backends);
            accounts = RunningAccounts.of(given.config.accounts(), foundation.metrics);
            OnceLimits limits =
                    OnceLimits.DEFAULT.withWindow(given.config.push().timestampWindow());
            store = foundation.pushStore(limits);
            lateReplies = new CustomerServiceReplies(
                    given.vertx, new CustomerServiceCalls(api.client), foundation.rateLimits, foundation.metrics);
            work = foundation.work(given, owner, backends.copies());
            if (work.copies().isEmpty()) {
                backends.copyFrom(observers);
            }
            executions = new Executions(store, owner, rules(limits), foundation.metrics);
            handlers = HandlerTable.of(handlers(replies), replies, given.plugins, Runtimes.LOOPS);
        }

        PushEndpoint endpoint() {
            return new PushEndpoint(
                    accounts.pushAccounts(),
                    codec(),
                    pipeline(),
                    refusals,
                    new PushEndpoint.Clocks(foundation.time, given.options.clock()),
                    senders);
        }

        /** What a push passes on its way to its handler, outermost first: one pipeline for each event loop. */
        PushPipeline pipeline() {
            return new Journalled(OnceOnly.here(given.vertx, bus(), executions), journal, foundation.time);
        }

        /** The end of that way: the handlers. */
        HandlerStage bus() {
            return new HandlerStage(HandlerStage.bus(given.vertx, observers), times, foundation.time);
        }

        /** Waits for what runs. */
        Future<Void> finish() {
            return executions.finish(
                    Loop.current(given.vertx), given.config.push().drain());
        }

        Replays replays() {
            return new Replays(this::bus, journal, foundation.metrics);
        }

        AnswerList answers() {
            AnswerOwners owners = new AnswerOwners(handlers.names(), given.plugins, late, replies::of, backends);
            List<String> accountNames =
                    given.config.accounts().stream().map(AccountConfig::name).toList();
            return new AnswerList(accountNames, owners, outcomes, times);
        }

        /** Has what may happen to any account counted from 0 on. */
        void expect(List<String> accountNames) {
            outcomes.expect(accountNames);
            times.expect(accountNames);
            refusals.expect(accountNames);
            lateReplies.expect(accountNames);
            replays().expect(accountNames);
        }

        private BackendClient backends() {
            return new BackendClient(
                    given.vertx,
                    given.config.backends(),
                    given.appIds(),
                    foundation.metrics,
                    given.options.clock(),
                    foundation.random::nextBytes);
        }

        private Executions.Rules rules(OnceLimits limits) {
            return new Executions.Rules(
                    limits,
                    new LateRetryLimiter(late, foundation.rateLimits),
                    lateReplies,
                    outcomes,
                    new Executions.Durable(
                            work, work.before(HandlerConfig.durable(given.config.handlers()), backends.copied())),
                    foundation.time,
                    System::nanoTime);
        }

        WorkVerticle workVerticle() {
            return new WorkVerticle(
                    work,
                    loop -> new Takeovers(
                            executions, bus(), reader(), List.copyOf(given.accountNames()), loop, foundation.metrics));
        }

        /** Where nothing is kept, a copy is sent once, when its push comes. */
        Optional<CopyVerticle> copyVerticle() {
            return work.copies()
                    .filter(queue -> !backends.copied().isEmpty())
                    .map(queue -> new CopyVerticle(
                            backends,
                            queue,
                            given.accountNames(),
                            reader(),
                            given.config.journal().keep(),
                            foundation.metrics));
        }

        /** Reads what was kept, on one event loop. */
        private Function<StoredPush, Optional<OpenedPush>> reader() {
            PushCodec codec = codec();
            return push -> accounts.pushAccounts()
                    .credentials(push.account())
                    .flatMap(account -> codec.readAgain(account, push.document()));
        }

        private PushCodec codec() {
            return new PushCodec(
                    new MessageCrypto(new BufferedRandom(foundation.random::nextBytes)),
                    given.config.push().timestampWindow());
        }
    }
}
