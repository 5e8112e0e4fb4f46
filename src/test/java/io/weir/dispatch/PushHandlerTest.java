package io.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PushHandlerTest {
    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final Observers observers = new Observers(vertx);

    @BeforeEach
    void install() {
        IdentityCodec.install(vertx);
    }

    @AfterEach
    void close() {
        join(vertx.close());
    }

    @Test
    void answersOverTheBus() {
        deploy(click -> Future.succeededFuture(Reply.text("you tapped " + click.eventKey())));

        assertThat(join(ask(Clicks.click("K")))).isEqualTo(Reply.text("you tapped K"));
    }

    @Test
    void answersEachPushOnTheLoopItCameIn() {
        deploy(click -> Future.succeededFuture(Reply.text(Thread.currentThread().getName())));
        Set<String> loops = ConcurrentHashMap.newKeySet();
        Supplier<VerticleBase> asking = () -> new VerticleBase() {
            @Override
            public Future<?> start() {
                String loop = Thread.currentThread().getName();
                return HandlerStage.bus(vertx, observers)
                        .apply(delivery(Clicks.click("K")))
                        .expecting(Reply.text(loop)::equals)
                        .onSuccess(reply -> loops.add(loop));
            }
        };

        join(vertx.deployVerticle(asking, new DeploymentOptions().setInstances(LOOPS)));

        assertThat(loops).hasSize(LOOPS);
    }

    @Test
    void answersFromAnotherLoopWhereItsOwnHasNoHandler() {
        join(vertx.deployVerticle(new Answering(click -> Future.succeededFuture(Reply.text("here")))));

        for (int i = 0; i < 2 * LOOPS; i++) {
            assertThat(join(ask(Clicks.click("K")))).isEqualTo(Reply.text("here"));
        }
    }

    static List<Function<MenuEvent.Click, Future<Reply>>> failing() {
        return List.of(
                click -> {
                    throw new IllegalStateException("boom");
                },
                click -> Future.failedFuture(new IllegalStateException("boom")),
                click -> Future.<Reply>succeededFuture(),
                click -> null);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void failsTowardsThePipelineWhateverWentWrong(Function<MenuEvent.Click, Future<Reply>> handler) {
        deploy(handler);

        ReplyException failure = failure(ask(Clicks.click("K")));

        assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(failure.getMessage()).doesNotContain("boom");
    }

    @Test
    void keepsTheWordsOfAFailureApartAndSaysWhetherItsTraceWasLogged() {
        deploy(click -> Future.failedFuture(new IllegalStateException("no stock for " + click.eventKey())));

        List<PushHandler.Failed> failures =
                List.of((PushHandler.Failed) failure(ask(Clicks.click("K"))), (PushHandler.Failed)
                        failure(ask(Clicks.click("K"))));

        assertThat(failures).allSatisfy(failed -> {
            assertThat(failed).hasMessage("java.lang.IllegalStateException");
            assertThat(failed.words()).hasValue("no stock for K");
        });
        assertThat(failures.get(0).logged()).isTrue();
    }

    @Test
    void saysThatNobodyHandlesAKind() {
        assertThat(failure(ask(Clicks.click("K"))).failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    }

    @Test
    void cutsTheReplyToWhatWeChatTakes() {
        deploy(click -> Future.succeededFuture(Reply.text("€".repeat(1_000))));

        assertThat(join(ask(Clicks.click("K")))).isEqualTo(Reply.text("€".repeat(682)));
    }

    @Test
    void letsObserversSeeThePushWithoutOwningTheReply() throws InterruptedException {
        deploy(click -> Future.succeededFuture(Reply.text("answer")));
        BlockingQueue<Push> seen = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) {
            join(observers
                    .observe(PushType.CLICK, push -> {
                        seen.add(push);
                        throw new IllegalStateException("observers cannot disturb");
                    })
                    .completion());
        }

        Reply reply = join(ask(Clicks.click("K")));

        assertThat(reply).isEqualTo(Reply.text("answer"));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo(Clicks.click("K"));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo(Clicks.click("K"));
    }

    @Test
    void publishesNothingWhereNobodyHasRegistered() throws InterruptedException {
        deploy(click -> Future.succeededFuture(Reply.text("answer")));
        BlockingQueue<Push> published = new LinkedBlockingQueue<>();
        join(vertx.eventBus()
                .<Push>localConsumer("push.event.click.observed", message -> published.add(message.body()))
                .completion());

        join(ask(Clicks.click("K")));
        join(observers.observe(PushType.CLICK, push -> {}).completion());
        join(ask(Clicks.click("L")));

        assertThat(published.poll(5, TimeUnit.SECONDS)).isEqualTo(Clicks.click("L"));
    }

    @Test
    void keepsReplaysFromObservers() throws InterruptedException {
        deploy(click -> Future.succeededFuture(Reply.text("answer")));
        BlockingQueue<Push> seen = new LinkedBlockingQueue<>();
        join(observers.observe(PushType.CLICK, seen::add).completion());

        Reply reply = join(ask(Delivery.replay(Clicks.click("again"), "key", Deadline.in(Duration.ofSeconds(5)))));
        join(ask(Clicks.click("K")));

        assertThat(reply).isEqualTo(Reply.text("answer"));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo(Clicks.click("K"));
        assertThat(seen).isEmpty();
    }

    @Test
    void tellsTheKindOfAFailureButNotItsWords() {
        deploy(click -> Future.failedFuture(new IllegalStateException("boom")));

        assertThat(failure(ask(Clicks.click("K")))).hasMessage("java.lang.IllegalStateException");
    }

    @Test
    void hasNoReplyForKindsThatTakeNone() {
        join(vertx.deployVerticle(new Viewing()));

        assertThat(join(ask(Clicks.view("https://example.com/")))).isEqualTo(Reply.NONE);
    }

    private Future<Reply> ask(Push push) {
        return ask(push, Duration.ofSeconds(5));
    }

    private Future<Reply> ask(Push push, Duration deadline) {
        return ask(Delivery.first(push, "key", Deadline.in(deadline)));
    }

    private Future<Reply> ask(Delivery<?> delivery) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(run -> HandlerStage.bus(vertx, observers)
                        .apply(delivery)
                        .onSuccess(reply::complete)
                        .onFailure(reply::completeExceptionally));
        return Future.fromCompletionStage(reply);
    }

    private void deploy(Function<MenuEvent.Click, Future<Reply>> handler) {
        join(vertx.deployVerticle(() -> new Answering(handler), new DeploymentOptions().setInstances(LOOPS)));
    }

    private static Delivery<?> delivery(Push push) {
        return Delivery.first(push, "key", Deadline.in(Duration.ofSeconds(5)));
    }

    private static <T> @Nullable T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static ReplyException failure(Future<?> future) {
        try {
            join(future);
        } catch (CompletionException e) {
            return (ReplyException) Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("did not fail");
    }

    private static final class Answering extends PushHandler<MenuEvent.Click> {
        private final Function<MenuEvent.Click, Future<Reply>> handler;

        Answering(Function<MenuEvent.Click, Future<Reply>> handler) {
            super(List.of(PushType.CLICK));
            this.handler = handler;
        }

        @Override
        protected Future<Reply> handle(MenuEvent.Click push) {
            return handler.apply(push);
        }
    }

    private static final class Viewing extends PushHandler<MenuEvent.View> {
        Viewing() {
            super(List.of(PushType.VIEW));
        }

        @Override
        protected Future<Reply> handle(MenuEvent.View push) {
            return Future.succeededFuture(Reply.text("never shown"));
        }
    }
}
