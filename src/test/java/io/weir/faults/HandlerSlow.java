package io.weir.faults;

import io.weir.redis.RedisServer;

/** Someone's code is slower than WeChat waits. */
final class HandlerSlow implements Scenario {
    private static final int PUSHES = 20;

    @Override
    public String name() {
        return "handler-slow";
    }

    @Override
    public String fault() {
        return "handler takes 6 s, late: success";
    }

    @Override
    public String promise() {
        return "`success` at 4.5 s; late 0; one run each; one customer-service message each";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.deliver(trial.pushes(PUSHES, () -> trial.mill().text("sleep 6000")));
            boolean sent = Trial.within(Handlers.LATE, () -> Handlers.messages(trial) >= PUSHES);
            Verdict verdict = trial.goOn(Handlers.NO_MORE).end();
            return verdict.flawless()
                    .that("a customer-service message for each", sent)
                    .equal("customer-service messages", Handlers.messages(trial), PUSHES)
                    .equal("users with other than one message", Handlers.usersWithoutTheirOne(trial, PUSHES), 0)
                    .below("max in ms", verdict.figures().max(), 4_900);
        }
    }
}
