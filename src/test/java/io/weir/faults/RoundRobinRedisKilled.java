package io.weir.faults;

import io.weir.faults.fleet.Balancer.Balancing;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** Redis dies, and no instance has seen what the others have. */
final class RoundRobinRedisKilled implements Scenario {
    @Override
    public String name() {
        return "round-robin-redis-killed";
    }

    @Override
    public String fault() {
        return "Redis killed, back empty after 10 s; `balance roundrobin`";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate 0: second runs marked; divergent named; healed in 2 s; at most 10 log lines a second";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis, Balancing.ROUND_ROBIN)) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
            redis.kill();
            trial.goOn(stage.seconds(10));
            redis.restart();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return Redis.wentOnAlone(verdict).healedWithin(Duration.ofSeconds(2));
        }
    }
}
