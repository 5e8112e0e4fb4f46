package io.weir.faults;

import io.weir.redis.RedisServer;
import java.time.Duration;

/** The master dies and its replica takes its place. */
final class RedisFailover implements Scenario {
    private static final String MASTER = "weir";
    private static final int DOWN_AFTER_MILLIS = 500;
    private static final Duration REDIS_ITSELF = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "redis-failover";
    }

    @Override
    public String fault() {
        return "Sentinel failover: master killed";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; writes back in 3 s after Redis's own 1 to 3 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.replicaOf(master);
                RedisServer sentinel = RedisServer.sentinelOf(MASTER, master, DOWN_AFTER_MILLIS)) {
            sentinel.await("num-slaves\r\n$1\r\n1", "SENTINEL", "master", MASTER);
            String redis = "{ sentinels: [\"127.0.0.1:" + sentinel.port() + "\"], master: " + MASTER + " }";
            try (Trial trial = Trial.start(stage, this, redis)) {
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
