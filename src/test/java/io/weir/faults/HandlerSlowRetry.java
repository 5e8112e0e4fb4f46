package io.weir.faults;

import io.weir.faults.push.Attempt.Outcome;
import io.weir.redis.RedisServer;

/** Someone's code is slower than one attempt of WeChat's, but not than three. */
final class HandlerSlowRetry implements Scenario {
    /** Few: WeChat counts lapsed attempts as failures, and so does Weir's budget of them. */
    private static final int PUSHES = 5;

    @Override
    public String name() {
        return "handler-slow-retry";
    }

    @Override
    public String fault() {
        return "handler takes 6 s, late: retry";
    }

    @Override
    public String promise() {
        return "the first attempt is left unanswered, the second joins and gets the reply; one run each; no message besides";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.deliver(trial.pushes(PUSHES, () -> trial.mill().tap("sleep 6000")));
            Verdict verdict = trial.goOn(Handlers.NO_MORE).end();
            return verdict.once()
                    .equal("lapsed first attempts", lapsed(trial), PUSHES)
                    .lateAtMost(PUSHES)
                    .equal("failed", verdict.figures().failed(), 0)
                    .equal("unanswered", verdict.figures().unanswered(), 0)
                    .equal("lost", verdict.figures().lost(), 0)
                    .equal("answers with a reply", Handlers.replies(trial), PUSHES)
                    .equal("customer-service messages", Handlers.messages(trial), 0);
        }
    }

    private static long lapsed(Trial trial) {
        return trial.attempts().stream()
                .filter(attempt -> attempt.number() == 1 && attempt.outcome() == Outcome.LATE)
                .count();
    }
}
