package io.weir.faults;

import io.weir.redis.RedisServer;

/** Someone's code forgets to answer. */
final class HandlerNever implements Scenario {
    private static final int PUSHES = 20;

    @Override
    public String name() {
        return "handler-never";
    }

    @Override
    public String fault() {
        return "handler never replies";
    }

    @Override
    public String promise() {
        return "`success` at 4.5 s; late 0; one run each";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.deliver(trial.pushes(PUSHES, () -> trial.mill().text("never")));
            Verdict verdict = trial.end();
            return verdict.onTime()
                    .equal("begun runs", Handlers.begun(trial), PUSHES)
                    .equal("answers other than success", Handlers.notSuccess(trial), 0)
                    .that("not before 4.4 s", verdict.figures().p50() > 4_400)
                    .below("max in ms", verdict.figures().max(), 4_900);
        }
    }
}
