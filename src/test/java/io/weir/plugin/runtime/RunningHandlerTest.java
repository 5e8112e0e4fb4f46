package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.plugin.BlockingHandler;
import io.weir.redis.Await;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningHandlerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final HandlerThreads one = HandlerThreads.ordinary("one", getClass().getClassLoader(), 1, 10);
    private final RunningHandler handler = new RunningHandler(
            Plugin.of("test", List.of()),
            (BlockingClick) click -> {
                begun.incrementAndGet();
                release.await(30, TimeUnit.SECONDS);
                return Reply.text("answered " + click.eventKey());
            },
            one);

    /** A handler of taps as a lambda. */
    @FunctionalInterface
    private interface BlockingClick extends BlockingHandler<Click> {
        @Override
        default PushType<Click> type() {
            return PushType.CLICK;
        }
    }

    @AfterEach
    void close() {
        release.countDown();
        handler.close();
        Await.result(vertx.close());
    }

    @Test
    void answersOnTheEventLoopOfThePushWhatItsThreadReturned() {
        release.countDown();
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        CompletableFuture<Reply> replied = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            var context = Vertx.currentContext();
            Objects.requireNonNull(handler.handle(click(LONG))).onComplete(reply -> {
                onLoop.complete(Vertx.currentContext() == context);
                replied.complete(reply.result());
            });
        });

        assertThat(replied.join()).isEqualTo(Reply.text("answered K"));
        assertThat(onLoop.join()).isTrue();
    }

    @Test
    void doesNotBeginAPushThatHasWaitedPastItsDeadline() {
        CompletableFuture<Future<Reply>> first = ask(LONG);
        Await.until("its thread is at work", () -> begun.get() == 1);
        CompletableFuture<Future<Reply>> late = ask(Duration.ofMillis(1));
        Deadline over = Deadline.in(Duration.ofMillis(5));
        Await.until("its deadline is past", () -> over.isPast(System.nanoTime()));

        release.countDown();

        assertThat(Await.result(first.join())).isEqualTo(Reply.text("answered K"));
        assertThat(failure(late.join())).contains("had no thread for a push");
        assertThat(begun).hasValue(1);
    }

    @Test
    void turnsAwayWhatFindsTooManyWaiting() {
        ask(LONG).join();
        Await.until("its thread is at work", () -> begun.get() == 1);
        for (int push = 0; push < 10; push++) {
            ask(LONG).join();
        }

        assertThat(failure(ask(LONG).join())).contains("has too many pushes waiting");
        assertThat(handler.waiting()).isEqualTo(10);
    }

    @Test
    void finishesWhatItHasBegunWhenItIsReplacedAndBeginsNoMore() {
        CompletableFuture<Future<Reply>> first = ask(LONG);
        Await.until("its thread is at work", () -> begun.get() == 1);

        Future<Void> idle = handler.retire();

        assertThat(idle.isComplete()).isFalse();
        assertThat(ask(LONG).join()).isNull();
        release.countDown();
        assertThat(Await.result(first.join())).isEqualTo(Reply.text("answered K"));
        Await.result(idle);
    }

    private static String failure(Future<Reply> reply) {
        return Await.result(reply.map(Reply::toString).otherwise(Throwable::getMessage));
    }

    private CompletableFuture<Future<Reply>> ask(Duration deadline) {
        CompletableFuture<Future<Reply>> asked = new CompletableFuture<>();
        vertx.runOnContext(here -> asked.complete(handler.handle(click(deadline))));
        return asked;
    }

    private static Delivery<Click> click(Duration deadline) {
        Click click = new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), "K", Optional.empty());
        return Delivery.first(click, "key", Deadline.in(deadline));
    }
}
