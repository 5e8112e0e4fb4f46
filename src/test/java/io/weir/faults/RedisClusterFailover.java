package io.weir.faults;

import io.weir.redis.RedisCluster;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** One of three masters dies, its replica takes its place; a third of all keys lies there. */
final class RedisClusterFailover implements Scenario {
    private static final Duration REDIS_ITSELF = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "redis-cluster-failover";
    }

    @Override
    public String fault() {
        return "Redis Cluster: one of three masters killed";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; all keys back in 3 s after Redis's own 2 to 4 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer master = cluster.masters().get(1);
            RedisServer replica = cluster.addReplicaOf(master);
            try (Trial trial = Trial.start(stage, this, cluster.section())) {
                trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
                long killedAt = System.nanoTime();
                master.kill();
                boolean promoted =
                        Trial.within(REDIS_ITSELF, () -> replica.command("ROLE").contains("master"));
                double election = (System.nanoTime() - killedAt) / 1e9;
                Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
                return Redis.wentOn(verdict)
                        .note("seconds that Redis itself took", election)
                        .that("the replica became master", promoted)
                        .healedWithin(Duration.ofSeconds(3));
            }
        }
    }
}
