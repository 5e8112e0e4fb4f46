package io.weir.faults;

import io.weir.faults.push.Figures;
import io.weir.faults.push.Pusher;
import io.weir.faults.push.RowLoad;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What came while an instance restarted comes again and again, and all at once. */
final class RetryStorm implements Scenario {
    private static final int PUSHES = 700;
    private static final List<Duration> COPIES =
            List.of(Duration.ofMillis(700), Duration.ofMillis(1_400), Duration.ofMillis(2_100));
    /** With their copies about as many attempts as come within WeChat's five seconds. */
    private static final int UNDER_WAY = 4_000;

    private static final double LATE_PART = 0.01;

    @Override
    public String name() {
        return "retry-storm";
    }

    @Override
    public String fault() {
        return "an instance restarts at 700 attempts a second; from then on each push comes 4 times: 2,800 a second for 8 s";
    }

    @Override
    public String promise() {
        return "failed, unanswered, duplicate, divergent 0; late at most 1 %; no crash; half of the pushes run; healed in 5 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis, Pusher.keepingConnections())) {
            AtomicBoolean storm = new AtomicBoolean();
            int port = trial.fleet().port();
            RowLoad load = trial.send(
                    PUSHES,
                    () -> trial.pusher()
                            .deliver(trial.mill().next("sleep 50"), port, storm.get() ? COPIES : List.of()));
            load.mostUnderWay(UNDER_WAY);
            trial.goOn(stage.seconds(4));
            trial.victim().kill();
            trial.victim().start();
            storm.set(true);
            trial.victim().awaitReady();
            trial.goOn(stage.seconds(8));
            storm.set(false);
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(8)).end();
            Figures figures = verdict.figures();
            return verdict.lateAtMost((long) (trial.attempts().size() * LATE_PART))
                    .note("attempts", trial.attempts().size())
                    .note("not sent: too many under way", load.heldBack())
                    .equal("failed", figures.failed(), 0)
                    .equal("unanswered", figures.unanswered(), 0)
                    .once()
                    .that("at least half of the pushes run", figures.lost() <= figures.pushes() / 2)
                    .that("no instance died by itself", trial.allAlive())
                    .healedWithin(Duration.ofSeconds(5));
        }
    }
}
