package io.weir.faults;

import io.weir.redis.RedisServer;
import java.time.Duration;

/** Redis keeps its connections and answers nothing. */
final class RedisPaused implements Scenario {
    @Override
    public String name() {
        return "redis-paused";
    }

    @Override
    public String fault() {
        return "Redis paused 10 s (SIGSTOP)";
    }

    @Override
    public String promise() {
        return "as above; a push waits for Redis 1.5 s at most, max < 1.7 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
            redis.pause();
            trial.goOn(stage.seconds(10));
            redis.resume();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return Redis.wentOn(verdict).healedWithin(Duration.ofSeconds(2));
        }
    }
}
