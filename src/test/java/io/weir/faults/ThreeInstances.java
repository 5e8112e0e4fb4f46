package io.weir.faults;

import io.weir.redis.RedisServer;

/** The balancer sends each attempt elsewhere. */
final class ThreeInstances implements Scenario {
    private static final int PUSHES = 300;

    @Override
    public String name() {
        return "three-instances";
    }

    @Override
    public String fault() {
        return "same push 3 × to 3 instances, each attempt to another";
    }

    @Override
    public String promise() {
        return "one run each; every reply equal";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            Copies copies = new Copies(trial, 1);
            for (int i = 0; i < stage.count(PUSHES); i++) {
                copies.oneAfterTheOther(trial.mill().next(""));
            }
            return copies.judge(trial.end());
        }
    }
}
