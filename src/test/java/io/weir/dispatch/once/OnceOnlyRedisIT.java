package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances that share a Redis: the whole contract of replays, and what they do while it is away. */
class OnceOnlyRedisIT extends ReplayContract {
    private static final Duration LONG = Duration.ofSeconds(4);

    private final RedisServer server = RedisServer.start();
    private final AtomicLong passed = new AtomicLong();
    private final List<RedisLink> links = new ArrayList<>();
    private final RedisLink ours = open();
    private final RedisTime time = new RedisTime(ours);
    private final Push push = Clicks.click("K");
    private final PushId pushId = PushStoreContract.id();
    private final Promise<Reply> reply = Promise.promise();
    private SimulatedInstance two;

    private RedisLink open() {
        RedisLink link = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);
        Await.result(link.attempted());
        links.add(link);
        return link;
    }

    @BeforeEach
    void startAnother() {
        two = instance("two");
    }

    @AfterEach
    void closeLinks() {
        links.forEach(RedisLink::close);
        server.close();
    }

    @Override
    SimulatedInstance instance(String name) {
        return instance(name, delivery -> hello(delivery));
    }

    private SimulatedInstance instance(
            String name, java.util.function.Function<io.weir.dispatch.Delivery<?>, Future<Reply>> handler) {
        PushStore store = new RedisPushStore(open(), LIMITS, time::millis, () -> 0);
        return new SimulatedInstance(
                vertx, name, store, late(), handler, LIMITS, new SimulatedInstance.Times(clock(), this::nanoTime));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(time.millis());
            }
        };
    }

    @Override
    void pass(Duration by) {
        passed.addAndGet(by.toNanos());
        time.pass(by);
    }

    @Override
    long nanoTime() {
        return System.nanoTime() + passed.get();
    }

    private static ReplayKey key(long digest) {
        return new ReplayKey(Instant.now().getEpochSecond(), 4_711, digest, false);
    }

    @Test
    void knowsARecordingThatWasHandledByAnotherInstance() {
        push(two, pushId, key(1));
        SimulatedInstance three = instance("three");

        assertThat(push(three, pushId, key(1)).kind()).isEqualTo(Kind.STORED);
        assertThatThrownBy(() -> push(three, PushStoreContract.id(), key(2))).hasRootCauseInstanceOf(Refusal.class);
        pass(LIMITS.kept().plusSeconds(1));

        assertThat(push(instance("four"), pushId, key(1)).kind()).isEqualTo(Kind.EXPIRED);
        assertThatThrownBy(() -> push(instance("five"), pushId, key(2))).hasRootCauseInstanceOf(Refusal.class);
    }

    @Test
    void knowsTheRecordingOfALateRepeatAsSoonAsTheRowHasExpired() {
        ReplayKey anew = new ReplayKey(key(1).seconds(), 4_712, 1, false);
        push(two, pushId, key(1));
        pass(Duration.ofSeconds(10));
        push(two, pushId, anew);
        pass(LIMITS.kept().minusSeconds(8));
        SimulatedInstance three = instance("three");

        assertThat(push(three, pushId, anew).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(three.begun).isEmpty();
    }

    @Test
    void knowsARecordingAfterARestart() {
        push(two, pushId, key(1));
        two.die();
        pass(Duration.ofMinutes(5));

        SimulatedInstance again = instance("two-again");

        assertThat(push(again, pushId, key(1)).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(again.begun).isEmpty();
    }

    @Test
    void knowsARecordingOfWhatItHandledBeforeRedisWasEmptied() {
        push(two, pushId, key(1));
        Await.result(ours.send("FLUSHALL"));
        pass(LIMITS.kept().plusSeconds(1));

        assertThat(push(two, pushId, key(1)).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(two.begun).hasSize(1);
    }

    @Test
    void goesOnAloneWhileRedisIsAwayAndMarksAndCountsWhatItRuns() {
        server.kill();

        Outcome first = Await.result(two.push(push, pushId, LONG));
        Outcome again = Await.result(two.push(push, pushId, LONG));

        assertThat(first.kind()).isEqualTo(Kind.REPLY);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(two.begun).hasSize(1).allSatisfy(run -> {
            assertThat(run.redelivered()).isTrue();
            assertThat(run.certain()).isFalse();
            assertThat(run.idempotencyKey()).isEqualTo(pushId.text());
        });
        assertThat(two.executions.alone()).isOne();
        assertThat(two.metrics.counter("weir.claims.alone").count()).isOne();
    }

    @Test
    void tellsRedisWhatItDecidedAloneWhenItIsBack() {
        server.kill();
        Outcome alone = Await.result(two.push(push, pushId, LONG));
        server.restart();
        Await.until(
                "Redis has been told",
                () -> Await.result(ours.send("EXISTS", "weir:p:" + pushId.text())
                        .map(is -> is.number() == 1)
                        .otherwise(false)));

        SimulatedInstance three = instance("three");
        Outcome elsewhere = Await.result(three.push(push, pushId, LONG));

        assertThat(elsewhere.text()).isEqualTo(alone.text());
        assertThat(three.begun).isEmpty();
    }

    @Test
    void answersRepeatsOfWhatItHandledBeforeRedisWent() {
        Outcome first = Await.result(two.push(push, pushId, LONG));
        server.kill();

        assertThat(Await.result(two.push(push, pushId, LONG)).text()).isEqualTo(first.text());
        assertThat(two.begun).hasSize(1);
    }

    @Test
    void finishesWhatItBeganWithRedisAndTellsTheOthersWhenItIsBack() {
        SimulatedInstance three = instance("three", delivery -> reply.future());
        Future<Outcome> first = three.push(push, pushId, LONG);
        Await.until("the run has begun", () -> three.begun.size() == 1);
        server.kill();
        reply.complete(Reply.text("with time"));
        assertThat(Await.result(first).text().orElse("")).contains("with time");
        server.restart();
        Await.until(
                "Redis has been told",
                () -> Await.result(ours.send("EXISTS", "weir:p:" + pushId.text())
                        .map(is -> is.number() == 1)
                        .otherwise(false)));

        assertThat(Await.result(two.push(push, pushId, LONG)).text())
                .isEqualTo(first.result().text());
        assertThat(two.begun).isEmpty();
    }

    @Test
    void doesNotRunWhatAnotherRunsBecauseRedisGoesAway() {
        SimulatedInstance three = instance("three", delivery -> reply.future());
        Future<Outcome> first = three.push(push, pushId, LONG);
        Await.until("the run has begun", () -> three.begun.size() == 1);
        Future<Outcome> second = two.push(push, pushId, LONG);
        Await.until(
                "the repeat looks what became of it",
                () -> Await.result(ours.send("INFO", "commandstats"))
                        .text()
                        .orElse("")
                        .contains("cmdstat_pttl"));
        server.kill();

        assertThat(Await.result(second).text()).contains("success");
        assertThat(two.begun).isEmpty();
        reply.complete(Reply.text("too late or not"));
        Await.result(first);
    }

    @Test
    void usesAnAnswerThatComesLate() {
        server.pause();
        Future<Outcome> waiting = two.push(push, pushId, LONG);
        Await.until("half a second has passed", vertx.timer(500)::isComplete);
        server.resume();

        assertThat(Await.result(waiting).kind()).isEqualTo(Kind.REPLY);
        assertThat(two.begun)
                .hasSize(1)
                .allSatisfy(run -> assertThat(run.redelivered()).isFalse());
        assertThat(two.executions.alone()).isZero();
    }

    @Test
    void runsOneOfManyCopiesAtOneInstanceHoweverLateRedisIs() {
        server.pause();
        List<Future<Outcome>> copies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            copies.add(two.push(push, pushId, LONG));
        }
        Await.until("some time has passed", vertx.timer(400)::isComplete);
        server.resume();

        assertThat(copies.stream().map(copy -> Await.result(copy).text()).distinct())
                .hasSize(1);
        assertThat(two.begun).hasSize(1);
    }
}
