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
import io.weir.client.BusAccessTokens;
import io.weir.client.OperatorCredentials;
import io.weir.client.SharedCredentials;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatIssuer;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.console.AdminRoutes;
import io.weir.console.AdminVerticle;
import io.weir.console.ConsoleRoutes;
import io.weir.console.Sessions;
import io.weir.console.Vitals;
import io.weir.dispatch.BusDispatcher;
import io.weir.dispatch.Corridor;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcomes;
import io.weir.dispatch.PushHandler;
import io.weir.dispatch.journal.HandlerTimes;
import io.weir.dispatch.journal.Journal;
import io.weir.dispatch.journal.Witness;
import io.weir.dispatch.late.CustomerServiceReplies;
import io.weir.dispatch.once.Lapses;
import io.weir.dispatch.once.OnceCorridor;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.Runs;
import io.weir.handler.click.ClickHandler;
import io.weir.handler.follow.SubscribeHandler;
import io.weir.handler.follow.UnsubscribeHandler;
import io.weir.handler.location.LocationHandler;
import io.weir.handler.locationselect.LocationSelectHandler;
import io.weir.handler.message.MessageHandler;
import io.weir.handler.pic.PicHandler;
import io.weir.handler.scan.ScanHandler;
import io.weir.handler.scancode.ScancodeHandler;
import io.weir.handler.view.ViewHandler;
import io.weir.handler.viewminiprogram.ViewMiniprogramHandler;
import io.weir.http.api.ApiRoute;
import io.weir.menu.AnswersCheck;
import io.weir.menu.MenuChanges;
import io.weir.menu.MenuRoutes;
import io.weir.plugin.OwnHandlers;
import io.weir.plugin.Services;
import io.weir.receiver.Door;
import io.weir.receiver.ReceiverVerticle;
import io.weir.receiver.Refusals;
import io.weir.replies.Replies;
import io.weir.replies.RepliesVerticle;
import io.weir.token.TokenLimits;
import io.weir.token.TokenVerticle;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: what a gateway consists of, and in which order it starts and stops. It starts from the inside
 * out and stops from the outside in: the door opens last and shuts first.
 */
public final class Gateway {
    private static final Duration LOOK_FOR_CHANGED_REPLIES = Duration.ofSeconds(1);
    /** For handlers that are late when the door has shut. */
    private static final Duration FINISH = Duration.ofSeconds(2);
    /** Longer than the keeper lets a caller wait. */
    private static final Duration TOKEN_WAIT = Duration.ofSeconds(7);

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Replies replies;
    private final OwnHandlers own;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Refusals refusals = new Refusals(metrics);
    private final Journal journal = new Journal(clock);
    private final HandlerTimes handlerTimes = new HandlerTimes(clock);
    private final SharedState shared;
    private final SharedCredentials sharedCredentials;
    private final WeChatClient wechat;
    private final Runs runs;
    private final OnceCorridor.Rules rules;
    private final MenuChanges menus;
    private final Health health;
    private final AtomicInteger pushPort = new AtomicInteger();
    private final AtomicInteger adminPort = new AtomicInteger();
    private final List<String> receivers = new ArrayList<>();

    /** One that keeps backups of menus where commands without configuration file do. */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, OwnHandlers own) {
        this(vertx, config, replies, own, ConfigFiles.menuBackups(Optional.empty()));
    }

    /**
     * A gateway that has not started.
     *
     * @param vertx made by {@link Runtimes}; has one event loop per core and is closed by whoever made it
     * @param own handlers that take the place of built-in ones
     * @param menuBackups the folder for backups of menus; made when it is needed
     */
    public Gateway(Vertx vertx, GatewayConfig config, Replies replies, OwnHandlers own, Path menuBackups) {
        this.vertx = vertx;
        this.config = config;
        this.replies = replies;
        this.own = own;
        OnceLimits limits = OnceLimits.DEFAULT.withWindow(config.push().timestampWindow());
        this.shared = SharedState.open(vertx, config.redis(), limits, clock);
        BusAccessTokens tokens = new BusAccessTokens(vertx, TOKEN_WAIT);
        this.sharedCredentials = tokens;
        this.wechat = WeChatClient.create(vertx, config.wechat(), config.accounts(), tokens, shared.counts(), clock);
        this.menus = MenuChanges.create(vertx, wechat, shared.redis(), menuBackups, clock);
        this.health = new Health(config, replies, new Dependencies(shared.redis(), wechat::stops), clock);
        this.runs = new Runs(vertx, shared.pushes(), instanceName(), limits);
        this.rules = new OnceCorridor.Rules(limits, lapses(), lateReplies(), new Outcomes(metrics), clock);
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

    /** What a push passes on its way to its handler, outermost first. One for each event loop. */
    private Corridor corridor(Witness witness) {
        return new OnceCorridor(vertx, witness.round(new BusDispatcher(vertx)), runs, rules);
    }

    private Lapses lapses() {
        Map<PushType<?>, Late> late = new HashMap<>(own.late());
        for (PushType<?> type : PushType.all()) {
            Optional.ofNullable(config.handlers().get(type.wireName()))
                    .flatMap(HandlerConfig::late)
                    .ifPresent(policy -> late.put(type, policy));
        }
        return new Lapses(late, shared.allowances());
    }

    private CustomerServiceReplies lateReplies() {
        return new CustomerServiceReplies(new CustomerServiceCalls(wechat), shared.allowances(), metrics);
    }

    private String instanceName() {
        return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }

    private Door door() {
        Witness witness = new Witness(journal, handlerTimes, clock);
        return new Door(
                credentials(),
                new PushCodec(
                        new MessageCrypto(random::nextBytes), config.push().timestampWindow()),
                corridor(witness),
                witness,
                refusals,
                metrics,
                clock);
    }

    /** Starts everything; the future fails when a port cannot be had. */
    public Future<Gateway> start() {
        IdentityCodec.install(vertx);
        Future<?> deployed = deploy(this::tokenVerticle, 1).compose(before -> vertx.executeBlocking(this::startOwn));
        for (OwnHandlers.Deployment each : own.deployments(Runtimes.LOOPS)) {
            deployed = deployed.compose(before -> vertx.deployVerticle(each.verticle(), each.options()));
        }
        for (Supplier<PushHandler<?>> handler : HandlerTable.complete(handlers(), own.types())) {
            deployed = deployed.compose(before -> deploy(handler, Runtimes.LOOPS));
        }
        return deployed.compose(
                        before -> deploy(() -> new RepliesVerticle(replies, LOOK_FOR_CHANGED_REPLIES, clock), 1))
                .compose(before -> deploy(this::adminVerticle, 1))
                .compose(before -> deploy(this::receiverVerticle, Runtimes.LOOPS))
                .onSuccess(receivers::add)
                .map(before -> {
                    health.open();
                    return this;
                });
    }

    /**
     * Stops taking pushes: {@code /ready} goes red and answers tell clients to leave, the balancer gets {@code notice} to see
     * it, then the door shuts and what runs is finished. Who still connects at that moment is not answered.
     */
    public Future<Void> stop(Duration notice) {
        health.close();
        return vertx.timer(Math.max(1, notice.toMillis()))
                .compose(waited -> receivers.isEmpty() ? Future.succeededFuture() : vertx.undeploy(receivers.get(0)))
                .compose(shut -> runs.finish(FINISH))
                .compose(finished -> vertx.executeBlocking(this::stopOwn))
                .onComplete(stopped -> shared.close());
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
                wechat);
    }

    private Future<String> deploy(Supplier<? extends Deployable> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances));
    }

    private TokenVerticle tokenVerticle() {
        return new TokenVerticle(
                config.accounts(),
                shared.tokens(),
                new WeChatIssuer(wechat, config.accounts()),
                TokenLimits.of(config.wechat().timeout()));
    }

    private ReceiverVerticle receiverVerticle() {
        return new ReceiverVerticle(config.push(), this::door, pushPort, () -> !health.isStopping());
    }

    private AdminVerticle adminVerticle() {
        Sessions sessions = new Sessions(config.admin().token(), random::nextBytes, clock);
        return new AdminVerticle(config.admin(), sessions, credentials().keySet(), adminRoutes(sessions), adminPort);
    }

    private List<ApiRoute> adminRoutes(Sessions sessions) {
        Vitals vitals = new Vitals(health::isReady, health::report, metrics::scrape);
        SharedCredentials credentials = new OperatorCredentials(sharedCredentials, wechat);
        return Stream.of(
                        AdminRoutes.all(vitals, config.accounts(), credentials, new NetworkCalls(wechat)),
                        MenuRoutes.all(vertx, wechat, menus, config.accounts(), this::answers),
                        ConsoleRoutes.all(vertx, sessions, journal, metrics))
                .flatMap(List::stream)
                .toList();
    }

    private AnswersCheck answers(String account) {
        return new AnswersCheck(replies.of(account), own.types());
    }

    private Map<String, Credentials> credentials() {
        return config.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(AccountConfig::name, AccountConfig::credentials));
    }
}
