package io.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Observers;
import io.weir.plugin.HandlerJars.JarHandler;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
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
    void runsAsManyAtOnceAsItHasThreads() {
        CountDownLatch together = new CountDownLatch(20);
        deploy(new Own(false, click -> {
            together.countDown();
            awaitQuietly(together);
            return Future.succeededFuture(Reply.text("together"));
        }));
        List<CompletableFuture<Reply>> asked = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            asked.add(ask(LONG));
        }

        assertThat(asked).allSatisfy(reply -> assertThat(reply.join()).isEqualTo(Reply.text("together")));
    }

    @Test
    void handsOnWhatIsFinishedWhileOthersStillWaitToBegin() {
        CountDownLatch firstTwenty = new CountDownLatch(20);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        deploy(new Own(false, click -> {
            boolean first = begun.incrementAndGet() <= 20;
            firstTwenty.countDown();
            awaitQuietly(first ? firstTwenty : release);
            return Future.succeededFuture(Reply.text(first ? "first" : "later"));
        }));
        List<CompletableFuture<Reply>> asked = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            asked.add(ask(LONG));
        }
        Object reply =
                CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).join();
        assertThat(reply).isEqualTo(Reply.text("first"));
        release.countDown();

        assertThat(asked).allSatisfy(each -> assertThat(each.join()).isNotEqualTo(Reply.NONE));
    }

    @Test
    void doesNotBeginAPushThatWaitedPastItsDeadlineAndTurnsAwayTooMany() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        PluginHandlers handlers = deploy(new Own(false, click -> {
            begun.incrementAndGet();
            awaitQuietly(release);
            return Future.succeededFuture(Reply.text("begun"));
        }));
        List<CompletableFuture<Reply>> asked = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            asked.add(ask(Duration.ofSeconds(3)));
        }
        Await.until("every thread is at work", () -> begun.get() == 20);
        for (int i = 0; i < 1_180; i++) {
            asked.add(ask(Duration.ofSeconds(3)));
        }
        asked.forEach(CompletableFuture::join);
        assertThat(handlers.queues()).containsOnlyKeys(PushType.CLICK);
        assertThat(handlers.queues().values()).allMatch(waiting -> waiting.getAsInt() == 1_000);
        release.countDown();
        Reply reply = Reply.NONE;
        for (int i = 0; i < 10_000 && reply.equals(Reply.NONE); i++) {
            reply = ask(LONG).join();
        }

        assertThat(begun.get()).isEqualTo(20 + 1);
        assertThat(reply).isEqualTo(Reply.text("begun"));
        assertThat(counted(ReplyFailure.RECIPIENT_FAILURE)).isGreaterThanOrEqualTo(100);
    }

    @Test
    void stopsTheStartWhenSettingsAreWrong() {
        Section settings = Section.parse("weir.yaml", "count: many", problems);
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public void start(Services services) {
                services.settings().integer("count", 1, 0, 9);
            }
        };

        assertThatThrownBy(() -> own(handler).start(type -> services(settings)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("weir.yaml:1: count: found \"many\"");
    }

    @Test
    void stopsTheStartWhenAHandlerThrows() {
        Own handler = new Own(true, click -> Future.succeededFuture(Reply.NONE)) {
            @Override
            public void start(Services services) {
                throw new IllegalStateException("no database");
            }
        };

        assertThatThrownBy(() -> own(handler).start(type -> services(Section.parse("x", "", problems))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("own.jar: found ")
                .hasMessageContaining("no database");
    }

    private PluginHandlers own(Handler<?> handler) {
        return new PluginHandlers(
                List.of(new JarHandler(Path.of("own.jar"), handler, handler.nonBlocking())), problems);
    }

    private Services services(Section settings) {
        Clock clock = Clock.systemUTC();
        WeChatClient wechat = WeChatClient.create(
                vertx,
                WeChatConfig.DEFAULT,
                List.of(),
                new BusAccessTokens(vertx, Duration.ofSeconds(1)),
                new MemoryFleetCounter(System::nanoTime),
                clock);
        return new Services(vertx, List.of(), settings, push -> Reply.NONE, wechat, new Observers(vertx));
    }

    private PluginHandlers deploy(Handler<?> handler) {
        PluginHandlers handlers = own(handler);
        handlers.deploy(vertx, LOOPS).toCompletionStage().toCompletableFuture().join();
        return handlers;
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
