package io.weir.faults;

import io.weir.faults.fleet.EarlierJar;
import io.weir.faults.fleet.Instance;
import io.weir.redis.RedisServer;
import java.nio.file.Path;
import java.util.Optional;

/** This build comes in the place of an earlier one, instance by instance, on the same Redis. */
final class RollingUpgrade implements Scenario {
    /**
     * The build that is upgraded. The last one before the way of a push and the commands to Redis were written anew; its rows in
     * Redis are of the form that this build reads. Those before 2026-11-30 are not: CHANGELOG.
     */
    static final String EARLIER = "03a9c68";

    @Override
    public String name() {
        return "rolling-upgrade";
    }

    @Override
    public String fault() {
        return "rolling upgrade of three from commit " + EARLIER + " (SIGTERM)";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; each drained in 6 s";
    }

    @Override
    public Verdict run(Stage stage) {
        Optional<Path> earlier = EarlierJar.of(EARLIER);
        if (earlier.isEmpty()) {
            return Verdict.skipped("there is no jar of commit " + EARLIER);
        }
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis, earlier.get())) {
            return RollingRestart.oneAfterTheOther(stage, trial, Instance::upgrade);
        }
    }
}
