package io.weir.faults;

import io.weir.faults.push.ConnectionCrowd;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies that do not end, or not in time. */
final class SlowBodies implements Scenario {
    private static final int SLOW = 1_000;
    private static final int LARGE = 50;
    private static final int BODY = 1_000;
    private static final int LIMIT = 64 * 1_024;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "slow-bodies";
    }

    @Override
    public String fault() {
        return "1,000 senders of a byte a second; bodies of 64 KB and a byte, of 1 MB, of endless chunks; all with genuine queries";
    }

    @Override
    public String promise() {
        return "none accepted; all closed in 10 s; good pushes: late, failed, lost, duplicate, divergent 0, p99 < 200 ms";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                ConnectionCrowd crowd = new ConnectionCrowd(trial.victim().pushPort());
                ConnectionCrowd large = new ConnectionCrowd(trial.victim().pushPort());
                ConnectionCrowd endless = new ConnectionCrowd(trial.victim().pushPort())) {
            trial.load(Rates.STEADY, "").goOn(stage.seconds(2));
            long begin = System.nanoTime();
            crowd.open(stage.count(SLOW), () -> ConnectionCrowd.head(BODY) + "<");
            crowd.trickle("x", Duration.ofSeconds(1));
            large.open(LARGE, () -> ConnectionCrowd.head(LIMIT + 1) + "x".repeat(LIMIT + 1));
            large.open(LARGE, () -> ConnectionCrowd.head(16 * LIMIT) + "x".repeat(16 * LIMIT));
            endless.open(LARGE, () -> ConnectionCrowd.head() + "Transfer-Encoding: chunked\r\n\r\n");
            endless.trickle("1000\r\n" + "x".repeat(4_096) + "\r\n", Duration.ofMillis(100));
            boolean closed = Trial.within(LONGEST, () -> crowd.open() + large.open() + endless.open() == 0);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(3)).end();
            return verdict.flawless()
                    .p99Below(200)
                    .note(
                            "answers to slow, large, endless",
                            List.of(crowd.answers(), large.answers(), endless.answers()))
                    .that("all were closed", closed)
                    .below("seconds until all were closed", seconds, 11)
                    .equal("bodies accepted", accepted(crowd) + accepted(large) + accepted(endless), 0)
                    .that("no instance died", trial.allAlive());
        }
    }

    private static long accepted(ConnectionCrowd crowd) {
        AtomicInteger accepted = crowd.answers().get("200");
        return accepted == null ? 0 : accepted.get();
    }
}
