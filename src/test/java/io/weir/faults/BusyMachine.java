package io.weir.faults;

import io.vertx.core.Future;
import io.weir.faults.fleet.BusyCores;
import io.weir.faults.push.PushMill;
import io.weir.faults.push.Pusher;
import io.weir.faults.push.RowLoad;
import io.weir.faults.push.SignedRequest;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.function.Supplier;

/** Something else wants both cores, while an instance restarts and somebody guesses signatures. */
final class BusyMachine implements Scenario {
    private static final int FORGED = 500;
    private static final Duration END = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "busy-machine";
    }

    @Override
    public String fault() {
        return "both cores taken by other work; in it 500 wrong signatures a second and the restart of an instance";
    }

    @Override
    public String promise() {
        return "failed, lost, duplicate, divergent 0; Redis is not called away; healed in 10 s";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis);
                Pusher forger = Pusher.keepingConnections()) {
            trial.load(Rates.STEADY, "sleep 50").goOn(stage.seconds(2));
            BusyCores others = BusyCores.start(BusyCores.all());
            try {
                trial.goOn(stage.seconds(3));
                RowLoad forged = trial.send(FORGED, forged(forger, trial.fleet().port()));
                trial.goOn(stage.seconds(5));
                trial.victim().terminate();
                trial.victim().hasEnded(END);
                trial.victim().start();
                trial.victim().awaitReady();
                trial.goOn(stage.seconds(3));
                forged.rate(0);
            } finally {
                others.close();
            }
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(10)).end();
            return verdict.equal("failed", verdict.figures().failed(), 0)
                    .equal("unanswered", verdict.figures().unanswered(), 0)
                    .equal("lost", verdict.figures().lost(), 0)
                    .once()
                    .logsNothingOf("WARN", "Redis")
                    .healedWithin(Duration.ofSeconds(10));
        }
    }

    private static Supplier<Future<?>> forged(Pusher forger, int port) {
        PushMill mill = new PushMill("forged");
        return () -> forger.post(SignedRequest.of(mill.text("")).forged(), port);
    }
}
