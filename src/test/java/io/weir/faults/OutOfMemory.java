package io.weir.faults;

import io.weir.faults.push.ConnectionCrowd;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who has seen genuine queries holds as much of the memory as an instance gives. */
final class OutOfMemory implements Scenario {
    private static final Duration HELD = Duration.ofSeconds(8);
    private static final Duration READY = Duration.ofSeconds(2);
    private static final int PIPELINED = 2_000;
    private static final int BODY = 60_000;
    private static final int LOG_LINES = 10;

    @Override
    public String name() {
        return "out-of-memory";
    }

    @Override
    public String fault() {
        return "one instance gets 2,200 × 3 bytes of a body, 300 × 59 KB, 1,000 half heads, 1,000 at admin, 2,000 pipelined";
    }

    @Override
    public String promise() {
        return "it stays alive and ready; good pushes: late, failed, lost, duplicate, divergent 0, p99 < 200 ms; at most 10 log lines a second";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                ConnectionCrowd crowd = new ConnectionCrowd(trial.victim().pushPort());
                ConnectionCrowd admin = new ConnectionCrowd(trial.victim().adminPort())) {
            trial.load(Rates.STEADY, "").goOn(stage.seconds(2));
            crowd.open(stage.count(3_000) / 3, () -> "POST /wx/rig HTTP/1.1\r\nHost: we");
            crowd.open(stage.count(2_200), () -> ConnectionCrowd.head(BODY) + "<xm");
            crowd.open(stage.count(300), () -> ConnectionCrowd.head(BODY) + " ".repeat(BODY - 1_000));
            crowd.open(
                    1,
                    () -> Stream.generate(ConnectionCrowd::request)
                            .limit(PIPELINED)
                            .collect(Collectors.joining()));
            admin.open(stage.count(1_000), () -> "GET /");
            boolean ready = Trial.within(READY, () -> trial.victim().isReady());
            trial.goOn(HELD);
            long megabytes = trial.victim().usage().megabytes();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(3)).end();
            return verdict.flawless()
                    .p99Below(200)
                    .note("memory of the instance in MB", megabytes)
                    .note("answers", crowd.answers())
                    .that("/ready answered meanwhile", ready)
                    .that("no instance died", trial.allAlive())
                    .logsAtMost(LOG_LINES);
        }
    }
}
