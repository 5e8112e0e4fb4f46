package io.weir;

import io.weir.redis.RedisCluster;
import io.weir.redis.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The same with a Redis Cluster. */
class StoredReplayClusterIT extends StoredReplayIT {
    private static final RedisCluster CLUSTER = RedisCluster.start();

    @Override
    List<RedisServer> servers() {
        CLUSTER.masters().forEach(each -> {
            each.command("FLUSHALL");
            each.command("ACL", "LOG", "RESET");
        });
        return CLUSTER.masters();
    }

    @Override
    String section() {
        return CLUSTER.section().replace(" }", ", user: weir, password: hush }");
    }

    @Override
    void close(List<RedisServer> started) {}

    @AfterAll
    static void stopCluster() {
        CLUSTER.close();
    }
}
