package io.weir.faults;

import io.weir.faults.push.ConnectionCrowd;
import io.weir.redis.RedisServer;
import java.time.Duration;

/** More connections come than an instance may have files. */
final class FileDescriptors implements Scenario {
    private static final int FILES = 256;
    private static final int CONNECTIONS = 800;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration HELD = Duration.ofSeconds(5);
    private static final int LOG_LINES = 10;

    @Override
    public String name() {
        return "file-descriptors";
    }

    @Override
    public String fault() {
        return "800 idle connections at an instance with `ulimit -n 256`";
    }

    @Override
    public String promise() {
        return "/health answers; late, failed, lost, duplicate, divergent 0; files readable; at most 10 log lines a second";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                ConnectionCrowd crowd = new ConnectionCrowd(trial.victim().pushPort())) {
            trial.victim().kill();
            trial.victim().limitOpenFiles(FILES);
            trial.victim().start();
            trial.victim().awaitReady();
            trial.load(Rates.STEADY, "").goOn(stage.seconds(2));
            crowd.open(CONNECTIONS, () -> "POST /wx/rig HTTP/1.1\r\nHost: we");
            trial.goOn(SETTLED);
            trial.fleet().changeConfiguration();
            boolean answers = Trial.within(
                    Duration.ofSeconds(2), () -> !trial.victim().health().isEmpty());
            trial.goOn(HELD);
            crowd.leave();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(3)).end();
            return verdict.flawless()
                    .that("/health answered meanwhile", answers)
                    .that("no instance died", trial.allAlive())
                    .logsNothingOf("Too many open files", ".yaml")
                    .logsAtMost(LOG_LINES);
        }
    }
}
