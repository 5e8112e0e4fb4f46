package io.weir.faults;

import io.weir.redis.RedisServer;

/** Eight copies of a push race each other. */
final class EightAtOnce implements Scenario {
    private static final int ROUNDS = 1_000;
    private static final int COPIES = 8;

    @Override
    public String name() {
        return "eight-at-once";
    }

    @Override
    public String fault() {
        return "same push 8 × at the same instant to 3 instances, 1,000 rounds";
    }

    @Override
    public String promise() {
        return "1,000 runs; 8,000 equal replies";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            Copies copies = new Copies(trial, COPIES);
            for (int i = 0; i < stage.count(ROUNDS); i++) {
                copies.atOnce(trial.mill().next("sleep 5"));
            }
            return copies.judge(trial.end());
        }
    }
}
