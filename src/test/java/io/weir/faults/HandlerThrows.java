package io.weir.faults;

import io.weir.redis.RedisServer;

/** Someone's code has a mistake. */
final class HandlerThrows implements Scenario {
    private static final int PUSHES = 100;

    @Override
    public String name() {
        return "handler-throws";
    }

    @Override
    public String fault() {
        return "handler throws";
    }

    @Override
    public String promise() {
        return "`success` in 50 ms; one run each";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.inTurn(trial.pushes(PUSHES, () -> trial.mill().text("throw")));
            Verdict verdict = trial.end();
            return verdict.onTime()
                    .equal("divergent", verdict.figures().divergent(), 0)
                    .equal("begun runs", Handlers.begun(trial), PUSHES)
                    .equal("answers other than success", Handlers.notSuccess(trial), 0)
                    .below("p99 in ms", verdict.figures().p99(), 50);
        }
    }
}
