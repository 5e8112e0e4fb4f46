package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.client.BusAccessTokens;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.config.ConfigException;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Observers;
import io.weir.dispatch.PushHandler;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginHandlersTest {
    private static final int LOOPS = 2;
    private static final Reply BUILT_IN = Reply.text("built in");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final Queue<ReplyFailure> failures = new ConcurrentLinkedQueue<>();
    private final Problems problems = new Problems();

    @BeforeEach
    void install() {
        IdentityCodec.install(vertx);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersItsKind(boolean nonBlocking) {
        deploy(new Own(nonBlocking, click -> Future.succeededFuture(Reply.text("own " + click.eventKey()))));

        assertThat(ask(LONG).join()).isEqualTo(Reply.text("own K"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersNothingWhateverGoesWrong(boolean nonBlocking) {
        AtomicInteger turn = new AtomicInteger();
        List<Function<Click, Future<Reply>>> wrong = List.of(
                click -> {
                    throw new IllegalStateException("boom");
                },
                click -> {
                    throw new StackOverflowError("boom");
                },
                click -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                },
                click -> Future.failedFuture(new IllegalStateException("boom")),
                click -> Future.<Reply>succeededFuture(),
                click -> null,
                PluginHandlersTest::wrongType);
        deploy(new Own(nonBlocking, click -> wrong.get(turn.getAndIncrement()).apply(click)));

        for (int i = 0; i < wrong.size(); i++) {
            assertThat(ask(LONG).join()).isEqualTo(Reply.NONE);
        }
        assertThat(counted(ReplyFailure.RECIPIENT_FAILURE)).isEqualTo(wrong.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isLateWhenItNeverAnswers(boolean nonBlocking) {
        deploy(new Own(nonBlocking, click -> Promise.<Reply>promise().future()));

        assertThat(ask(SHORT).join()).isEqualTo(Reply.NONE);
        assertThat(counted(ReplyFailure.TIMEOUT)).isOne();
    }

    @Test
    void blocksNobodyButItself() {
        CountDownLatch release = new CountDownLatch(1);
        deploy(new Own(false, click -> {
            awaitQuietly(release);
            return Future.succeededFuture(Reply.text("at last"));
        }));

        CompletableFuture<Reply> blocked = ask(LONG);
        boolean loopRuns = onALoop(() -> true).join();
        release.countDown();

        assertThat(loopRuns).isTrue();
        assertThat(blocked.join()).isEqualTo(Reply.text("at last"));
    }

    @Test
    void stopsTheStartWhenSettingsAreWrong() {
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public void start(Services services) {
                services.settings().integer("count", 1, 0, 9);
            }
        };

        PluginHandlers handlers = own(handler, "handlers: { CLICK: { settings: { count: many } } }");

        assertThatThrownBy(() -> handlers.start(parts()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("weir.yaml:1: handlers.CLICK.settings.count: found \"many\"");
    }

    @Test
    void stopsTheStartWhenAHandlerThrows() {
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public void start(Services services) {
                throw new IllegalStateException("no database");
            }
        };

        assertThatThrownBy(() -> own(handler, "").start(parts()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("own: found ")
                .hasMessageContaining("no database");
    }

    @Test
    void refusesASettingThatTheHandlerDoesNotKnow() {
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public Set<String> settingNames() {
                return Set.of("url");
            }
        };

        own(handler, "handlers: { CLICK: { settings: { ulr: x } } }");

        assertThat(problems.errors().get(0).text())
                .isEqualTo("weir.yaml:1: handlers.CLICK.settings.ulr: found an unknown setting; expected url");
    }

    @Test
    void givesEachAccountItsSettings() {
        List<String> seen = new ArrayList<>();
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public void start(Services services) {
                for (String account : List.of("main", "shop")) {
                    seen.add(services.settings(account).text("greeting").orElse("none"));
                }
            }
        };

        own(
                        handler,
                        "handlers: { CLICK: { settings: { greeting: hello } } }\n"
                                + "accounts: { shop: { handlers: { CLICK: { settings: { greeting: ahoy } } } } }")
                .start(parts());

        assertThat(seen).containsExactly("hello", "ahoy");
    }

    @Test
    void leavesToTheBuiltInHandlerWhatItDoesNotAnswer() {
        deploy(new Own(false, click -> Future.succeededFuture(Reply.configured())));

        assertThat(ask(LONG).join()).isEqualTo(BUILT_IN);
    }

    private PluginHandlers own(Handler<?> handler, String configuration) {
        Section root = Section.parse("weir.yaml", configuration, problems);
        return new PluginHandlers(List.of(Plugin.of("own", List.of(handler))), HandlerConfig.readAll(root), problems);
    }

    private HandlerServices.GatewayParts parts() {
        Clock clock = Clock.systemUTC();
        WeChatClient wechat = WeChatClient.create(
                vertx,
                WeChatConfig.DEFAULT,
                List.of(),
                new BusAccessTokens(vertx, Duration.ofSeconds(1)),
                new MemoryFleetCounter(System::nanoTime),
                clock);
        return new HandlerServices.GatewayParts(
                vertx, List.of(), push -> Reply.NONE, wechat, new Observers(vertx), new SimpleMeterRegistry());
    }

    private PluginHandlers deploy(Handler<?> handler) {
        PluginHandlers handlers = own(handler, "");
        BuiltIn builtIn = new BuiltIn();
        builtIn.after(handlers);
        vertx.deployVerticle(builtIn).toCompletionStage().toCompletableFuture().join();
        return handlers;
    }

    /** Answers what custom handlers leave. */
    private static final class BuiltIn extends PushHandler<Click> {
        BuiltIn() {
            super(List.of(PushType.CLICK));
        }

        @Override
        protected Future<Reply> handle(Click push) {
            return Future.succeededFuture(BUILT_IN);
        }
    }

    private CompletableFuture<Reply> ask(Duration deadline) {
        Click click = new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), "K", Optional.empty());
        Delivery<?> delivery = Delivery.first(click, "key", Deadline.in(deadline));
        return onALoop(() -> HandlerStage.bus(vertx, new Observers(vertx))
                        .apply(delivery)
                        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(failure -> failures.add(
                                failure instanceof ReplyException reply ? reply.failureType() : ReplyFailure.TIMEOUT))
                        .otherwise(Reply.NONE))
                .thenCompose(reply -> reply.toCompletionStage().toCompletableFuture());
    }

    private <T> CompletableFuture<T> onALoop(java.util.function.Supplier<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        vertx.runOnContext(run -> done.complete(action.get()));
        return done;
    }

    private long counted(ReplyFailure kind) {
        return failures.stream().filter(kind::equals).count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Future<Reply> wrongType(Click click) {
        return (Future) Future.succeededFuture("no reply");
    }

    private static class Own implements Handler<Click> {
        private final boolean nonBlocking;
        private final Function<Click, Future<Reply>> answer;

        Own(boolean nonBlocking, Function<Click, Future<Reply>> answer) {
            this.nonBlocking = nonBlocking;
            this.answer = answer;
        }

        @Override
        public PushType<Click> type() {
            return PushType.CLICK;
        }

        @Override
        public Future<Reply> handle(Click push) {
            return answer.apply(push);
        }

        @Override
        public boolean nonBlocking() {
            return nonBlocking;
        }
    }
}
