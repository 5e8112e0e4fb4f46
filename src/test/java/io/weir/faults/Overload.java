package io.weir.faults;

import io.weir.faults.push.RowLoad;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** More comes than can be done: handlers that hold their threads for 400 ms, twenty threads each. */
final class Overload implements Scenario {
    private static final Duration AFTERWARDS = Duration.ofSeconds(8);
    private static final int TWICE = 300;
    private static final int FIVE_TIMES = 750;
    private static final int AFTERWARDS_RATE = 50;
    private static final double LATE_PART = 0.001;

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String fault() {
        return "2 ×, then 5 × what the handlers can do, 10 s each";
    }

    @Override
    public String promise() {
        return "no crash; failed 0; at most 0.1 % late; excess answered 200, `success`; healed in 5 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            RowLoad load = trial.send(
                    TWICE,
                    () -> trial.pusher()
                            .deliver(
                                    trial.mill().text("block 400"),
                                    trial.fleet().port()));
            trial.goOn(stage.seconds(10));
            load.rate(FIVE_TIMES);
            trial.goOn(stage.seconds(10));
            load.rate(AFTERWARDS_RATE);
            Verdict verdict = trial.faultEnded().goOn(AFTERWARDS).end();
            long most = (long) (trial.pusher().ledger().size() * LATE_PART);
            return verdict.lateAtMost(most)
                    .note("not sent: too many under way", load.heldBack())
                    .equal("failed", verdict.figures().failed(), 0)
                    .once()
                    .that("no instance died", trial.allAlive())
                    .healedWithin(Duration.ofSeconds(5));
        }
    }
}
