package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.dispatch.once.PushStore.Settled;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.wechat.codec.Stamp;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances, a Redis, and what they do while it is away; and the whole contract with Redis there. */
class FallbackPushStoreIT extends PushStoreContract {
    private static final String A = "a";
    private static final String B = "b";

    private final Vertx vertx = Vertx.vertx();
    private final RedisServer server = RedisServer.start();
    private final RedisLink linkOfA = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);
    private final RedisLink linkOfB = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);
    private final PushStore a = store(linkOfA);
    private final PushStore b = store(linkOfB);

    @BeforeEach
    void connect() {
        Await.result(linkOfA.attempted());
        Await.result(linkOfB.attempted());
    }

    @AfterEach
    void close() {
        linkOfA.close();
        linkOfB.close();
        server.close();
        Await.result(vertx.close());
    }

    private static PushStore store(RedisLink link) {
        return new FallbackPushStore(new RedisPushStore(link, LIMITS), new MemoryPushStore(LIMITS, System::nanoTime));
    }

    @Override
    PushStore store() {
        return a;
    }

    @Override
    void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos() + 2_000_000;
        Await.until("the time has passed", () -> System.nanoTime() - end > 0);
    }

    @Test
    void goesOnAloneWhileRedisIsAway() {
        var id = id();
        server.kill();

        assertThat(Await.result(a.claim(id, stamp(), A, Asking.ARRIVED))).isEqualTo(new Started(1, false));
        assertThat(Await.result(a.claim(id, stamp(), A, Asking.ARRIVED))).isEqualTo(new Running(1));
        assertThat(Await.result(a.settle(id, A, "answer", true))).isEqualTo(new AsSaid());
        assertThat(Await.result(a.claim(id, stamp(), A, Asking.ARRIVED))).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void answersRepeatsOfWhatItHandledBeforeRedisWent() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        Await.result(a.settle(id, A, "answer", true));
        server.kill();

        assertThat(Await.result(a.claim(id, stamp(), A, Asking.ARRIVED))).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void finishesAloneWhatItBeganWithRedisAndTellsTheOthersWhenItIsBack() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        server.kill();
        assertThat(Await.result(a.renew(id, A))).isTrue();
        server.restart();
        Await.until(
                "Redis is back", () -> linkOfA.state().up() && linkOfB.state().up());

        assertThat(Await.result(a.settle(id, A, "answer", true))).isEqualTo(new AsSaid());
        assertThat(Await.result(b.claim(id, stamp(), B, Asking.ARRIVED))).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void releasesToTheOwnerWhatAnotherInstanceHasAcknowledged() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        Await.result(b.claim(id, stamp(), B, Asking.ARRIVED));
        Await.result(b.acknowledge(id, 1));

        assertThat(Await.result(a.settle(id, A, "late", false))).isEqualTo(new Settled.Otherwise("success"));
        assertThat(Await.result(b.release(id, B))).isFalse();
        assertThat(Await.result(a.release(id, A))).isTrue();
        assertThat(Await.result(a.release(id, A))).isFalse();
    }

    @Test
    void releasesWhatItAcknowledgedAloneWhileRedisWasPaused() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        server.pause();
        assertThat(Await.result(a.acknowledge(id, 1))).isEqualTo(new AsSaid());
        server.resume();
        Await.until("Redis is back", () -> linkOfA.state().up());

        assertThat(Await.result(a.release(id, A))).isTrue();
        assertThat(Await.result(b.claim(id, stamp(), B, Asking.ARRIVED)))
                .isInstanceOfSatisfying(
                        Finished.class, is -> assertThat(is.answer()).isEqualTo("success"));
    }

    @Test
    void admitsTheGenuinePushAfterAForgedOneWithItsStamp() {
        var id = id();
        Stamp stamp = stamp();
        Await.result(a.claim(id, stamp, A, Asking.ARRIVED));
        Await.result(a.settle(id, A, "answer", true));
        assertThat(Await.result(b.claim(id(), stamp, B, Asking.ARRIVED))).isEqualTo(new Forged());

        assertThat(Await.result(b.claim(id, stamp, B, Asking.ARRIVED))).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void knowsBetterThanARedisThatCameBackEmptyHowManyAttemptsThereWere() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        pass(LIMITS.apart());
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED_AT_OWNER));
        server.kill();
        server.restart();
        Await.until("Redis is back", () -> linkOfA.state().up());
        Await.result(a.renew(id, A));
        pass(LIMITS.apart());

        assertThat(Await.result(a.claim(id, stamp(), A, Asking.ARRIVED_AT_OWNER)))
                .isEqualTo(new Running(3));
    }

    @Test
    void doesNotTakeOverWhatAnotherRunsBecauseRedisIsAway() {
        var id = id();
        Await.result(a.claim(id, stamp(), A, Asking.ARRIVED));
        assertThat(Await.result(b.claim(id, stamp(), B, Asking.ARRIVED))).isEqualTo(new Running(1));
        server.kill();

        assertThat(Await.result(b.claim(id, stamp(), B, Asking.WAITING))).isInstanceOf(Running.class);
    }
}
