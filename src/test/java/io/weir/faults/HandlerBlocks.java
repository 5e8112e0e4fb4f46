package io.weir.faults;

import io.weir.faults.push.PushMill;
import io.weir.faults.push.Pusher;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** Someone's code waits without letting go of its thread. */
final class HandlerBlocks implements Scenario {
    private static final Duration BLOCKED = Duration.ofSeconds(7);
    /** More than the threads that the handlers of three instances have. */
    private static final int BLOCKING_PUSHES = 90;

    @Override
    public String name() {
        return "handler-blocks";
    }

    @Override
    public String fault() {
        return "a handler of CLICK blocks its threads 6 s";
    }

    @Override
    public String promise() {
        return "pushes of other kinds: late, failed, lost, duplicate, divergent 0; p99 < 300 ms";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                Pusher blocking = new Pusher()) {
            trial.send(
                    Rates.STEADY,
                    () -> trial.pusher()
                            .deliver(trial.mill().text(""), trial.fleet().port()));
            trial.goOn(stage.seconds(2));
            PushMill others = new PushMill("blocking");
            trial.pushes(BLOCKING_PUSHES, () -> others.tap("block 6000"))
                    .forEach(push -> blocking.deliver(push, trial.fleet().port()));
            return trial.goOn(BLOCKED).end().flawless().p99Below(300);
        }
    }
}
