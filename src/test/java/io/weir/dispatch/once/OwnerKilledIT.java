package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.dispatch.durable.RedisWork;
import io.weir.dispatch.durable.StoredPush;
import io.weir.redis.Await;
import io.weir.redis.RedisAnswer;
import io.weir.redis.SharedRedis;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An instance dies with a push that it acknowledges, at each step of that; another takes over through a real Redis. */
class OwnerKilledIT {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());
    private static final Duration DEADLINE = Duration.ofMillis(400);

    private final Vertx vertx = Vertx.vertx();
    private final String appId = "wx" + NUMBER.incrementAndGet();
    private final Push push = Clicks.click("K");
    private final PushId id = PushStoreContract.id();
    private final PushStore store =
            new RedisPushStore(REDIS.link(), SimulatedInstance.LIMITS, System::currentTimeMillis, () -> 0);
    private final AtomicReference<SimulatedInstance> owner = new AtomicReference<>();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    /** When the owner dies. */
    enum Step {
        BEFORE_WRITING,
        AFTER_WRITING,
        WHILE_THE_HANDLER_RUNS,
        AFTER_SENDING
    }

    /** The owner's way to Redis, on which it dies. */
    private final class Deadly implements DurableWork {
        private final DurableWork inner;
        private final Step step;

        Deadly(DurableWork inner, Step step) {
            this.inner = inner;
            this.step = step;
        }

        private void die() {
            Objects.requireNonNull(owner.get()).die();
        }

        @Override
        public Future<Ticket> keep(StoredPush kept, Set<Use> uses) {
            if (step == Step.BEFORE_WRITING) {
                die();
                return Promise.<Ticket>promise().future();
            }
            return inner.keep(kept, uses).onSuccess(written -> {
                if (step == Step.AFTER_WRITING) {
                    die();
                }
            });
        }

        @Override
        public Future<Void> done(Ticket ticket) {
            if (step == Step.AFTER_SENDING) {
                die();
                return Promise.<Void>promise().future();
            }
            return inner.done(ticket);
        }

        @Override
        public Future<Void> failed(Ticket ticket, StoredPush kept, String error) {
            return inner.failed(ticket, kept, error);
        }

        @Override
        public void own(Ticket ticket) {
            inner.own(ticket);
        }

        @Override
        public void release(Ticket ticket) {
            inner.release(ticket);
        }

        @Override
        public Future<List<Abandoned>> takeOver(String account, int most) {
            return inner.takeOver(account, most);
        }
    }

    private RedisWork work(String name) {
        return new RedisWork(
                REDIS.link(), name, Map.of("main", appId), JournalConfig.DEFAULT, System::currentTimeMillis);
    }

    private SimulatedInstance instance(String name, DurableWork work, Function<Delivery<?>, Future<Reply>> handler) {
        SimulatedInstance.Times times = new SimulatedInstance.Times(
                Clock.systemUTC(), System::nanoTime, new Executions.Durable(work, Map.of()));
        return new SimulatedInstance(vertx, name, store, Late.SUCCESS, handler, SimulatedInstance.LIMITS, times);
    }

    /** The leases of all entries are over. */
    private void passLeases() {
        String work = "weir:{" + appId + "}:work";
        if (redis("EXISTS", work).number() == 0) {
            return;
        }
        for (RedisAnswer entry : redis("XPENDING", work, "weir", "-", "+", "10").items()) {
            String of = entry.items().get(1).text().orElseThrow();
            String ticket = entry.items().get(0).text().orElseThrow();
            redis("XCLAIM", work, "weir", of, "0", ticket, "IDLE", "60000", "JUSTID");
        }
    }

    private static RedisAnswer redis(String command, String... arguments) {
        return Await.result(REDIS.link().send(command, arguments));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void theReplyIsDeliveredAndASecondRunMarked(Step step) {
        Promise<Reply> reply = Promise.promise();
        SimulatedInstance one = instance("one", new Deadly(work("one"), step), delivery -> reply.future());
        owner.set(one);
        SimulatedInstance two = instance("two", work("two"), delivery -> Future.succeededFuture(Reply.text("K")));
        two.takesOver(push, id);
        Future<Outcome> first = one.push(push, id, DEADLINE);

        if (step == Step.WHILE_THE_HANDLER_RUNS || step == Step.AFTER_SENDING) {
            assertThat(Await.result(first).text()).contains("success");
        } else {
            Await.until("it has died", one::isDead);
        }
        if (step == Step.AFTER_SENDING) {
            reply.complete(Reply.text("K"));
            Await.until("it has died", one::isDead);
        } else {
            one.die();
        }

        if (step == Step.BEFORE_WRITING) {
            // Nobody was answered: WeChat asks again.
            assertThat(Await.result(two.push(push, id, Duration.ofSeconds(5)))
                            .text()
                            .orElseThrow())
                    .contains("<![CDATA[K]]>");
        } else {
            Await.until("the reply is sent", () -> {
                passLeases();
                return !two.late.isEmpty();
            });
        }
        assertThat(one.begun).hasSize(1);
        assertThat(two.begun).hasSize(1).allMatch(Delivery::redelivered);
        assertThat(one.late).hasSize(step == Step.AFTER_SENDING ? 1 : 0);
    }

    @Test
    void nothingIsTakenFromAnInstanceThatLives() {
        Promise<Reply> reply = Promise.promise();
        SimulatedInstance one = instance("one", work("one"), delivery -> reply.future());
        SimulatedInstance two = instance("two", work("two"), delivery -> Future.succeededFuture(Reply.text("wrong")));
        two.takesOver(push, id);

        assertThat(Await.result(one.push(push, id, DEADLINE)).text()).contains("success");
        reply.complete(Reply.text("K"));

        Await.until("the reply is sent", () -> one.late.size() == 1);
        Await.until(
                "nothing is left to do",
                () -> redis("XLEN", "weir:{" + appId + "}:work").number() == 0);
        assertThat(two.begun).isEmpty();
    }
}
