package io.weir.faults;

import io.weir.faults.proxy.RedisProxy;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** A network that takes everything and delivers nothing. */
final class RedisHalfOpen implements Scenario {
    @Override
    public String name() {
        return "redis-half-open";
    }

    @Override
    public String fault() {
        return "Redis cut half-open 10 s: accepts, swallows";
    }

    @Override
    public String promise() {
        return "as above";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                RedisProxy proxy = RedisProxy.before(redis.port());
                Trial trial = Trial.start(stage, this, Redis.through(proxy))) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
            proxy.halfOpen();
            trial.goOn(stage.seconds(10));
            proxy.clear();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return Redis.wentOn(verdict).healedWithin(Duration.ofSeconds(2));
        }
    }
}
