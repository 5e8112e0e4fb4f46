package io.weir.faults;

import io.weir.redis.RedisServer;
import java.time.Duration;

/** A gateway dies with the pushes that it is at, and comes back. */
final class InstanceKilled implements Scenario {
    private static final int PUSHES = 20_000;

    @Override
    public String name() {
        return "instance-killed";
    }

    @Override
    public String fault() {
        return "instance kill -9 under load, 20,000 pushes";
    }

    @Override
    public String promise() {
        return "failed 0 of 20,000; late, lost, divergent 0; interrupted runs again once, marked redelivered";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            int rate = stage.brief() ? Rates.STEADY : Rates.HIGH;
            Duration third = Duration.ofMillis(stage.count(PUSHES) * 1_000L / rate / 3);
            trial.load(rate, "sleep 300").goOn(third);
            trial.victim().kill();
            trial.goOn(third);
            trial.victim().start();
            trial.victim().awaitReady();
            Verdict verdict = trial.faultEnded().goOn(third).end();
            return Interrupted.of(trial.runs(), trial.victim().name())
                    .judge(verdict)
                    .onTime()
                    .equal("lost", verdict.figures().lost(), 0)
                    .once();
        }
    }
}
