package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.BusAccessTokens;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Observers;
import io.weir.plugin.Observer;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningObserverTest {
    private static final int MOST_WAITING = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Observers observers = new Observers(vertx);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final RunningObserver observer = new RunningObserver(new Observer() {
        @Override
        public Set<PushType<?>> types() {
            return Set.of(PushType.CLICK);
        }

        @Override
        public void observe(Delivery<?> delivery) throws Exception {
            String key = ((Click) delivery.push()).eventKey();
            seen.add(key);
            if (key.equals("BAD")) {
                throw new IllegalStateException("cannot be told");
            }
            if (key.equals("SLOW")) {
                release.await(30, TimeUnit.SECONDS);
            }
        }
    });

    @BeforeEach
    void begin() {
        IdentityCodec.install(vertx);
        WeChatClient wechat = WeChatClient.create(
                vertx,
                WeChatConfig.DEFAULT,
                List.of(),
                new BusAccessTokens(vertx, Duration.ofSeconds(1)),
                new MemoryFleetCounter(System::nanoTime),
                Clock.systemUTC());
        observer.begin(
                new HandlerServices.GatewayParts(vertx, List.of(), push -> Reply.NONE, wechat, observers, metrics));
    }

    @AfterEach
    void close() {
        release.countDown();
        observer.end();
        Await.result(vertx.close());
    }

    @Test
    void seesEachPushInTurnAlsoAfterOneThatItFailsWith() {
        List.of("A", "BAD", "B").forEach(this::push);

        Await.until("all were seen", () -> seen.size() == 3);
        assertThat(seen).containsExactly("A", "BAD", "B");
    }

    @Test
    void leavesOutAndCountsWhatFindsTooManyWaiting() {
        push("SLOW");
        Await.until("it is at work", () -> seen.size() == 1);

        for (int push = 0; push < MOST_WAITING + 5; push++) {
            push("NEXT");
        }

        assertThat(metrics.get("weir.observer.left.out").counter().count()).isEqualTo(5);
        release.countDown();
        Await.until("the others are seen", () -> seen.size() == 1 + MOST_WAITING);
    }

    @Test
    void seesNoMoreWhenItHasEnded() {
        observer.end();

        push("A");

        assertThat(metrics.get("weir.observer.left.out").counter().count()).isZero();
        assertThat(seen).isEmpty();
    }

    private void push(String key) {
        Click click = new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), key, Optional.empty());
        Future<Reply> answer = HandlerStage.bus(vertx, observers)
                .apply(Delivery.first(click, "key", Deadline.in(Duration.ofSeconds(5))));
        assertThat(answer).isNotNull();
    }
}
