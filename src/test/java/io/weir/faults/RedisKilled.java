package io.weir.faults;

import io.weir.redis.RedisServer;
import java.time.Duration;

/** Redis dies and comes back without what it knew. */
final class RedisKilled implements Scenario {
    @Override
    public String name() {
        return "redis-killed";
    }

    @Override
    public String fault() {
        return "Redis killed, back empty after 10 s";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; p99 < 300 ms; healed in 2 s; at most 10 log lines a second";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
            redis.kill();
            trial.goOn(stage.seconds(10));
            redis.restart();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return Redis.wentOn(verdict).p99Below(300).healedWithin(Duration.ofSeconds(2));
        }
    }
}
