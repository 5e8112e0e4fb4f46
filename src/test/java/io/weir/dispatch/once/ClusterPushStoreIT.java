package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows and replay keys of pushes, each on the node of a Redis Cluster that its name belongs to. */
class ClusterPushStoreIT extends PushStoreContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RedisCluster CLUSTER = RedisCluster.start();
    private static final RedisLink LINK = RedisLink.open(VERTX, CLUSTER.config(), RedisLimits.DEFAULT);

    private final RedisTime time = new RedisTime(LINK);
    private final PushStore store = new RedisPushStore(LINK, LIMITS, time::millis, () -> 0);

    @BeforeAll
    static void connect() {
        Await.result(LINK.attempted());
    }

    @AfterAll
    static void stop() {
        LINK.close();
        CLUSTER.close();
        Await.result(VERTX.close());
    }

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        this.time.pass(time);
    }

    @Test
    void letsEveryKeyExpire() {
        for (int each = 0; each < 30; each++) {
            Await.result(store.claim(id(), key(), new Row.Running("me", 0, 1)));
        }

        for (String key : time.keys()) {
            assertThat(Await.result(LINK.send("PTTL", key)).number()).as(key).isPositive();
        }
    }
}
