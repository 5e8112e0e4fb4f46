package io.weir.faults;

import io.weir.redis.RedisServer;

/** No fault: what the figures of the other rows are to be compared with. */
final class Nothing implements Scenario {
    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public String fault() {
        return "none";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; p99 < 200 ms";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            return trial.load(Rates.STEADY, "")
                    .goOn(stage.seconds(10))
                    .end()
                    .flawless()
                    .p99Below(200);
        }
    }
}
