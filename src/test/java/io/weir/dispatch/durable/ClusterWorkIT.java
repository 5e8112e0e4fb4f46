package io.weir.dispatch.durable;

import io.vertx.core.Vertx;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The streams of an account, on the node of a Redis Cluster that they belong to together. */
class ClusterWorkIT extends RedisWorkContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RedisCluster CLUSTER = RedisCluster.start();
    private static final RedisLink LINK = RedisLink.open(VERTX, CLUSTER.config(), RedisLimits.DEFAULT);

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
    RedisLink link() {
        return LINK;
    }
}
