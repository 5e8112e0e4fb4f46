package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.StoredPush;
import io.weir.redis.Await;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a push is kept beyond its process, and what an attempt is answered while it cannot be. */
class KeptPushesTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final Place place = new Place();
    private final Push push = Clicks.click("K");
    private final PushId id = PushStoreContract.id();
    private final Promise<Reply> reply = Promise.promise();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    /** Where pushes are kept, as long as it takes them. */
    private static final class Place implements DurableWork {
        private final Queue<String> said = new ConcurrentLinkedQueue<>();
        private volatile boolean full;

        @Override
        public Future<Ticket> keep(StoredPush kept, Set<Use> uses) {
            said.add("keep " + kept.type() + " " + List.copyOf(new TreeSet<>(uses)));
            return full
                    ? Future.failedFuture(new IllegalStateException("full"))
                    : Future.succeededFuture(new Ticket("main", "e" + said.size()));
        }

        @Override
        public Future<Void> done(Ticket ticket) {
            said.add("done " + ticket.text());
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> failed(Ticket ticket, StoredPush kept, String error) {
            said.add("failed " + ticket.text() + " " + error);
            return Future.succeededFuture();
        }

        @Override
        public void own(Ticket ticket) {}

        @Override
        public void release(Ticket ticket) {
            said.add("release " + ticket.text());
        }

        @Override
        public Future<List<Abandoned>> takeOver(String account, int most) {
            return Future.succeededFuture(List.of());
        }
    }

    private SimulatedInstance instance(
            Map<PushType<?>, Set<DurableWork.Use>> before, Function<Delivery<?>, Future<Reply>> handler) {
        return new SimulatedInstance(
                vertx,
                "one",
                new MemoryPushStore(SimulatedInstance.LIMITS, System::nanoTime),
                Late.SUCCESS,
                handler,
                SimulatedInstance.LIMITS,
                new SimulatedInstance.Times(
                        Clock.systemUTC(), System::nanoTime, new Executions.Durable(place, before)));
    }

    private static Map<PushType<?>, Set<DurableWork.Use>> durable() {
        return Map.of(PushType.CLICK, Set.of(DurableWork.Use.WORK, DurableWork.Use.JOURNAL));
    }

    @Test
    void theQuickWayKeepsNothing() {
        SimulatedInstance one = instance(Map.of(), delivery -> Future.succeededFuture(Reply.text("hi")));

        assertThat(Await.result(one.push(push, id, LONG)).kind()).isEqualTo(Kind.REPLY);

        assertThat(place.said).isEmpty();
    }

    @Test
    void aPushIsKeptBeforeItIsAcknowledgedUntilItsReplyIsSent() {
        SimulatedInstance one = instance(Map.of(), delivery -> reply.future());

        assertThat(Await.result(one.push(push, id, SHORT)).text()).contains("success");
        assertThat(place.said).containsExactly("keep CLICK [WORK, JOURNAL]");
        reply.complete(Reply.text("late"));

        Await.until("it is sent", () -> one.late.size() == 1);
        Await.until("it is done", () -> place.said.contains("done e1"));
    }

    @Test
    void anAttemptIsLeftUnansweredWhileThePushCannotBeKept() {
        place.full = true;
        SimulatedInstance one = instance(Map.of(), delivery -> reply.future());

        Outcome first = Await.result(one.push(push, id, SHORT));
        place.full = false;
        Outcome second = Await.result(one.push(push, id, SHORT));

        assertThat(first.kind()).isEqualTo(Kind.LAPSED);
        assertThat(second.text()).contains("success");
    }

    @Test
    void aDurablePushIsKeptBeforeItIsAnsweredAndDoneWithItsReply() {
        SimulatedInstance one = instance(durable(), delivery -> Future.succeededFuture(Reply.text("hi")));

        assertThat(Await.result(one.push(push, id, LONG)).kind()).isEqualTo(Kind.REPLY);

        Await.until("it is done", () -> place.said.size() == 2);
        assertThat(place.said).containsExactly("keep CLICK [WORK, JOURNAL]", "done e1");
    }

    @Test
    void aDurablePushWhoseHandlerFailsIsLeftToBeTriedAgain() {
        SimulatedInstance one = instance(durable(), delivery -> Future.failedFuture(new IllegalArgumentException()));

        assertThat(Await.result(one.push(push, id, LONG)).text()).contains("success");

        assertThat(place.said)
                .containsExactly("keep CLICK [WORK, JOURNAL]", "failed e1 java.lang.IllegalArgumentException");
    }

    @Test
    void aDurablePushThatCannotBeKeptIsAnsweredWhenItCan() {
        place.full = true;
        SimulatedInstance one = instance(durable(), delivery -> Future.succeededFuture(Reply.text("hi")));

        assertThat(Await.result(one.push(push, id, SHORT)).kind()).isEqualTo(Kind.LAPSED);
        place.full = false;

        assertThat(Await.result(one.push(push, id, LONG)).text().orElseThrow()).contains("hi");
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void aHandlerThatFailsAfterTheDeadlineIsLeftToBeTriedAgain() {
        SimulatedInstance one = instance(Map.of(), delivery -> reply.future());

        assertThat(Await.result(one.push(push, id, SHORT)).text()).contains("success");
        reply.fail(new IllegalArgumentException());

        Await.until("it has failed", () -> place.said.size() == 2);
        assertThat(place.said)
                .containsExactly("keep CLICK [WORK, JOURNAL]", "failed e1 java.lang.IllegalArgumentException");
    }
}
