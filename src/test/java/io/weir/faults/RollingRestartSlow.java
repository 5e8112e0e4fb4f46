package io.weir.faults;

import io.weir.faults.fleet.Instance;
import io.weir.faults.push.Attempt;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A new version comes while every handler is at work for longer than WeChat waits. */
final class RollingRestartSlow implements Scenario {
    private static final Duration WORK = Duration.ofSeconds(9);
    private static final Duration END = Duration.ofSeconds(40);
    private static final int PUSHES = 10;

    @Override
    public String name() {
        return "rolling-restart-slow";
    }

    @Override
    public String fault() {
        return "rolling restart of three (SIGTERM), handlers take 9 s";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate, divergent 0; each push gets its one customer-service message";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            String work = "sleep " + WORK.toMillis();
            trial.send(
                    PUSHES,
                    () -> trial.pusher()
                            .deliver(trial.mill().text(work), trial.fleet().port()));
            trial.goOn(WORK);
            boolean inOrder = true;
            for (Instance each : trial.fleet().instances().subList(0, stage.brief() ? 1 : 3)) {
                each.terminate();
                inOrder &= each.hasEnded(END);
                each.start();
                each.awaitReady();
                trial.goOn(Duration.ofSeconds(2));
            }
            Verdict verdict = trial.faultEnded().goOn(WORK).end();
            Set<String> pushes = trial.attempts().stream().map(Attempt::push).collect(Collectors.toSet());
            Trial.within(WORK, () -> withoutMessage(trial, pushes) == 0);
            Map<String, Long> messages = Handlers.messagesByPush(trial);
            return verdict.flawless()
                    .equal("lost late replies", withoutMessage(trial, pushes), 0)
                    .equal(
                            "late replies sent twice",
                            messages.values().stream()
                                    .filter(count -> count > 1)
                                    .count(),
                            0)
                    .that("each ended in order", inOrder);
        }
    }

    private static long withoutMessage(Trial trial, Set<String> pushes) {
        Map<String, Long> messages = Handlers.messagesByPush(trial);
        return pushes.stream().filter(push -> !messages.containsKey(push)).count();
    }
}
