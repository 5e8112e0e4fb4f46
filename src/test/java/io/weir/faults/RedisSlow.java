package io.weir.faults;

import io.weir.faults.proxy.RedisProxy;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** A network or a server that cannot keep up. */
final class RedisSlow implements Scenario {
    private static final int BYTES_PER_SECOND = 2_000;

    @Override
    public String name() {
        return "redis-slow";
    }

    @Override
    public String fault() {
        return "Redis slow: answers 150 ms late for 5 s, then 2 kB/s for 5 s";
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
            proxy.delay(Duration.ofMillis(150));
            trial.goOn(stage.seconds(5));
            proxy.throttle(BYTES_PER_SECOND);
            trial.goOn(stage.seconds(5));
            proxy.clear();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return Redis.wentOn(verdict).healedWithin(Duration.ofSeconds(2));
        }
    }
}
