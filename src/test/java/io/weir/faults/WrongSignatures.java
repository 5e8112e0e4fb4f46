package io.weir.faults;

import io.vertx.core.AsyncResult;
import io.weir.faults.push.PushMill;
import io.weir.faults.push.Pusher;
import io.weir.faults.push.Pusher.HttpAnswer;
import io.weir.faults.push.SignedRequest;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody guesses. */
final class WrongSignatures implements Scenario {
    private static final int FORGED = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int LOG_LINES = 10;

    @Override
    public String name() {
        return "wrong-signatures";
    }

    @Override
    public String fault() {
        return "wrong signatures at 2,000 a second";
    }

    @Override
    public String promise() {
        return "each 403; good pushes: late, failed, lost, duplicate, divergent 0, p99 < 50 ms; log sampled";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                Pusher forger = Pusher.keepingConnections()) {
            trial.load(Rates.STEADY, "");
            PushMill forged = new PushMill("forged");
            AtomicLong refused = new AtomicLong();
            AtomicLong other = new AtomicLong();
            trial.send(
                    FORGED,
                    () -> forger.post(
                                    SignedRequest.of(forged.text("")).forged(),
                                    trial.fleet().port())
                            .onComplete(answer -> (isRefusal(answer) ? refused : other).incrementAndGet()));
            Verdict verdict = trial.goOn(WARM_UP).warm().goOn(stage.seconds(10)).end();
            return verdict.flawless()
                    .p99Below(50)
                    .note("forged pushes refused", refused.get())
                    .that("something was refused", refused.get() > 0)
                    .equal("forged pushes answered otherwise", other.get(), 0)
                    .logsAtMost(LOG_LINES);
        }
    }

    private static boolean isRefusal(AsyncResult<HttpAnswer> answer) {
        return answer.succeeded() && answer.result().status() == 403;
    }
}
