package io.weir.faults;

import io.weir.faults.proxy.RedisProxy;
import io.weir.faults.proxy.Refusal;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.List;

/** Redis refuses, for one reason after the other. */
final class RedisErrors implements Scenario {
    /** What the log calls them. NOSCRIPT is none of an operator's concern. */
    private static final List<String> FAULTS =
            List.of("OUT_OF_MEMORY", "READ_ONLY", "LOADING", "WRONG_TYPE", "NOT_ALLOWED");

    @Override
    public String name() {
        return "redis-errors";
    }

    @Override
    public String fault() {
        return "Redis answers "
                + String.join(
                        ", ", List.of(Refusal.values()).stream().map(Enum::name).toList()) + ", 3 s each";
    }

    @Override
    public String promise() {
        return "as above; each begin and end of it one log line per instance, with a hint";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                RedisProxy proxy = RedisProxy.before(redis.port());
                Trial trial = Trial.start(stage, this, Redis.through(proxy))) {
            trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(2));
            for (Refusal refusal : Refusal.values()) {
                proxy.refuse(refusal);
                trial.goOn(stage.seconds(3));
                proxy.clear();
                trial.faultEnded();
            }
            Verdict verdict = trial.goOn(stage.seconds(5)).end();
            int most = 2 * trial.fleet().instances().size();
            FAULTS.forEach(fault -> verdict.logs(most, "\"" + fault + "\"", "hint="));
            return Redis.wentOn(verdict).healedWithin(Duration.ofSeconds(2));
        }
    }
}
