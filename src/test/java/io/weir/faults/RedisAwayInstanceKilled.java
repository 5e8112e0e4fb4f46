package io.weir.faults;

import io.weir.redis.RedisServer;
import java.time.Duration;

/** A gateway dies with what it alone knows, and comes back to no Redis. */
final class RedisAwayInstanceKilled implements Scenario {
    @Override
    public String name() {
        return "redis-away-instance-killed";
    }

    @Override
    public String fault() {
        return "Redis killed, 2 s later an instance (kill -9), which starts without Redis; Redis back empty";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate 0: second runs marked; divergent named; healed in 5 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(Rates.STEADY, "sleep 50").goOn(stage.seconds(3));
            redis.kill();
            trial.goOn(Duration.ofSeconds(2));
            trial.victim().kill();
            trial.goOn(stage.seconds(3));
            trial.victim().start();
            trial.victim().awaitReady();
            trial.goOn(stage.seconds(3));
            redis.restart();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return verdict.onTime()
                    .onceEachAlone()
                    .equal("lost", verdict.figures().lost(), 0)
                    .healedWithin(Duration.ofSeconds(5));
        }
    }
}
