package io.weir.faults;

import io.weir.faults.fleet.Balancer.Balancing;
import io.weir.redis.RedisServer;

/** The balancer knows nothing of users: a repeat comes to another instance than the first attempt. */
final class RoundRobin implements Scenario {
    @Override
    public String name() {
        return "round-robin";
    }

    @Override
    public String fault() {
        return "none, but the balancer is `balance roundrobin`";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; p99 < 200 ms";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis, Balancing.ROUND_ROBIN)) {
            trial.load(Rates.STEADY, "sleep 20");
            return trial.goOn(stage.seconds(10)).end().flawless().p99Below(200);
        }
    }
}
