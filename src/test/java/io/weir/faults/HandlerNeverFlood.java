package io.weir.faults;

import io.weir.faults.push.Attempt.Outcome;
import io.weir.faults.push.PushMill;
import io.weir.faults.push.RowLoad;
import io.weir.redis.RedisServer;

/** Someone's code forgets to answer, and nobody notices. */
final class HandlerNeverFlood implements Scenario {
    private static final int PUSHES = 500;
    private static final int MEGABYTES = 450;

    @Override
    public String name() {
        return "handler-never-flood";
    }

    @Override
    public String fault() {
        return "handler never replies, 500 pushes a second for 20 s";
    }

    @Override
    public String promise() {
        return "late, failed, duplicate 0, each `success`; no crash, at most 450 MB each; others afterwards: p99 < 300 ms";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            RowLoad flood = trial.send(
                    PUSHES,
                    () -> trial.pusher()
                            .deliver(trial.mill().text("never"), trial.fleet().port()));
            trial.goOn(stage.seconds(20));
            flood.stop();
            long megabytes = trial.fleet().instances().stream()
                    .mapToLong(each -> each.usage().megabytes())
                    .max()
                    .orElse(0);
            PushMill others = new PushMill("other");
            trial.warm()
                    .send(
                            Rates.STEADY,
                            () -> trial.pusher()
                                    .deliver(others.tap(""), trial.fleet().port()));
            Verdict verdict = trial.goOn(stage.seconds(6)).end();
            return verdict.onTime()
                    .once()
                    .p99Below(300)
                    .note("begun runs", Handlers.begun(trial))
                    .note("memory of the largest instance in MB", megabytes)
                    .equal("replies to what never ends", repliesTo(trial), 0)
                    .that("no instance died", trial.allAlive())
                    .that("at most " + MEGABYTES + " MB, found " + megabytes, megabytes <= MEGABYTES);
        }
    }

    private static long repliesTo(Trial trial) {
        return trial.attempts().stream()
                .filter(attempt -> !attempt.push().startsWith("other-"))
                .filter(attempt -> attempt.outcome() == Outcome.ACCEPTED
                        && !attempt.reply().equals("success"))
                .count();
    }
}
