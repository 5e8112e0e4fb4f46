package io.weir.faults;

import io.weir.faults.fleet.Instance;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** A new version comes, instance by instance. */
final class RollingRestart implements Scenario {
    private static final Duration SEEN_BY_THE_BALANCER = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(6);

    @Override
    public String name() {
        return "rolling-restart";
    }

    @Override
    public String fault() {
        return "rolling restart of three (SIGTERM)";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; p99 < 200 ms; each drained in 6 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(Rates.STEADY, "sleep 50").goOn(stage.seconds(2));
            boolean drained = true;
            for (Instance each : trial.fleet().instances()) {
                each.terminate();
                drained &= each.hasEnded(DRAIN);
                each.start();
                each.awaitReady();
                trial.goOn(SEEN_BY_THE_BALANCER);
            }
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(3)).end();
            return verdict.flawless().p99Below(200).that("each ended in order within 6 s", drained);
        }
    }
}
