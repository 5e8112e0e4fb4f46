package io.weir.faults;

import io.weir.faults.fleet.Instance;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.function.Consumer;

/** A new version comes, instance by instance. */
final class RollingRestart implements Scenario {
    private static final Duration SEEN_BY_THE_BALANCER = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(40);
    private static final int DRAIN_MILLIS = 6_000;

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
            return oneAfterTheOther(stage, trial, each -> {}).p99Below(200);
        }
    }

    /**
     * Stops and starts each under load.
     *
     * @param between done to each while it is stopped
     */
    static Verdict oneAfterTheOther(Stage stage, Trial trial, Consumer<Instance> between) {
        trial.load(Rates.STEADY, "sleep 50").goOn(stage.seconds(2));
        boolean inOrder = true;
        long longest = 0;
        for (Instance each : trial.fleet().instances()) {
            long begin = System.nanoTime();
            each.terminate();
            inOrder &= each.hasEnded(END);
            longest = Math.max(longest, System.nanoTime() - begin);
            between.accept(each);
            each.start();
            each.awaitReady();
            trial.goOn(SEEN_BY_THE_BALANCER);
        }
        Verdict verdict = trial.faultEnded().goOn(stage.seconds(3)).end();
        return verdict.flawless()
                .that("each ended in order", inOrder)
                .below("longest drain in ms", longest / 1e6, DRAIN_MILLIS);
    }
}
