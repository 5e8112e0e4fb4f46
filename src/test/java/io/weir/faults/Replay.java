package io.weir.faults;

import io.weir.faults.push.Push;
import io.weir.faults.push.PushMill;
import io.weir.faults.push.SignedRequest;
import io.weir.redis.RedisServer;
import java.util.List;

/** Somebody has seen a signed URL. */
final class Replay implements Scenario {
    private static final int PUSHES = 100;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String fault() {
        return "a signed query again, with another body; and the same request again";
    }

    @Override
    public String promise() {
        return "another body: 403, at every instance; the same: the same reply";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            long refused = 0;
            for (int i = 0; i < PUSHES; i++) {
                Push push = trial.mill().text("");
                SignedRequest request = SignedRequest.of(push);
                attempt(trial, push, request, 1);
                attempt(trial, push, request, 2);
                refused += forgeries(trial, request);
            }
            int instances = trial.fleet().instances().size();
            Verdict verdict = trial.end().flawless();
            return verdict.equal("replays with another body that were refused", refused, (long) PUSHES * instances)
                    .equal("begun runs", Handlers.begun(trial), PUSHES);
        }
    }

    private static void attempt(Trial trial, Push push, SignedRequest request, int number) {
        Trial.results(List.of(
                trial.pusher().attempt(push, request, number, trial.fleet().port())));
    }

    private static long forgeries(Trial trial, SignedRequest request) {
        SignedRequest other = new SignedRequest(
                request.query(), new PushMill("forged").text("").xml());
        return Trial.results(trial.fleet().instances().stream()
                        .map(each -> trial.pusher().post(other, each.pushPort()))
                        .toList())
                .stream()
                .filter(answer -> answer.status() == 403)
                .count();
    }
}
