package io.weir.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.faults.fleet.Instance;
import io.weir.faults.proxy.RedisProxy;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** Redis tells another time, as a replica with a wrong clock does after a failover. */
final class RedisClockAhead implements Scenario {
    private static final Duration NAMED = Duration.ofSeconds(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "redis-clock-ahead";
    }

    @Override
    public String fault() {
        return "Redis's clock jumps 15 minutes ahead for 10 s";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; /health of every instance names it; healed in 5 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                RedisProxy proxy = RedisProxy.before(redis.port());
                Trial trial = Trial.start(stage, this, Redis.through(proxy))) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
            proxy.clockAhead(Duration.ofMinutes(15));
            boolean named = Trial.within(
                    NAMED, () -> trial.fleet().instances().stream().allMatch(RedisClockAhead::namesTheClock));
            trial.goOn(stage.seconds(8));
            proxy.clear();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return verdict.flawless()
                    .that("/health of every instance names the clock", named)
                    .healedWithin(Duration.ofSeconds(5));
        }
    }

    private static boolean namesTheClock(Instance instance) {
        try {
            return !JSON.readTree(instance.health())
                    .path("clock")
                    .path("problem")
                    .asText()
                    .isEmpty();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
