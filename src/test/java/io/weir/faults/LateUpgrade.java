package io.weir.faults;

import io.weir.faults.fleet.EarlierJar;
import io.weir.faults.fleet.Instance;
import io.weir.faults.fleet.Weir;
import io.weir.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one build has stored, another handles: all instances of the earlier one die with late pushes, and this build comes in their place
 * on the same Redis; and then the other way round.
 */
final class LateUpgrade implements Scenario {
    /** The build that is upgraded, and that is gone back to. An early one that stores work. */
    static final String EARLIER = "2f1f4aa";

    private static final int AT_ONCE = 90;

    @Override
    public String name() {
        return "upgrade-with-work";
    }

    @Override
    public String fault() {
        return "handlers take 6 s, three of commit " + EARLIER + " are killed and replaced, and back again";
    }

    @Override
    public String promise() {
        return LateKilled.PROMISE;
    }

    @Override
    public Verdict run(Stage stage) {
        Optional<Path> earlier = EarlierJar.of(EARLIER);
        if (earlier.isEmpty()) {
            return Verdict.skipped("there is no jar of commit " + EARLIER);
        }
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis, earlier.get())) {
            replace(trial, Weir.jar());
            trial.goOn(Duration.ofSeconds(1));
            boolean upgraded = LateKilled.isDelivered(trial, LateKilled.acknowledged(trial));
            replace(trial, earlier.get());
            Verdict verdict = trial.faultEnded().goOn(Duration.ofSeconds(1)).end();
            Set<String> owed = LateKilled.acknowledged(trial);
            boolean wentBack = LateKilled.isDelivered(trial, owed);
            LateKilled.judge(
                    trial, verdict.that("this build handles what the earlier has stored", upgraded), owed, wentBack);
            return verdict.once();
        }
    }

    /** All die with pushes that they have acknowledged and not handled. */
    private static void replace(Trial trial, Path jar) {
        LateKilled.send(trial, AT_ONCE, trial.fleet().port());
        trial.goOn(LateKilled.ACKNOWLEDGED);
        List<Instance> instances = trial.fleet().instances();
        instances.forEach(Instance::kill);
        instances.forEach(each -> each.replace(jar));
        instances.forEach(Instance::start);
        instances.forEach(Instance::awaitReady);
    }
}
