package io.weir.faults;

import io.vertx.core.Future;
import io.weir.faults.fleet.Instance;
import io.weir.faults.push.Attempt;
import io.weir.faults.push.Attempt.Outcome;
import io.weir.faults.push.RowRun;
import io.weir.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Handlers are slower than WeChat waits, and instances die with the pushes that they have acknowledged: an instance after the other,
 * and in one of the rows Redis as well, just when there is something to acknowledge.
 */
final class LateKilled implements Scenario {
    private static final int PUSHES = 2_000;
    private static final int RATE = 20;
    static final Duration WORK = Duration.ofSeconds(6);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);
    private static final Duration DOWN = Duration.ofSeconds(3);
    /** A lease, a run, and what a loaded machine needs. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    static final String PROMISE =
            "every reply of an acknowledged push is delivered once, or twice with the mark in the ledger; failed, lost 0";

    private static final int A_SECOND = 1_000;
    /** After the first of them: all are acknowledged, and no handler has ended. */
    static final Duration ACKNOWLEDGED = Duration.ofMillis(5_700);

    private final boolean redisAsWell;

    private LateKilled(boolean redisAsWell) {
        this.redisAsWell = redisAsWell;
    }

    static List<Scenario> all() {
        return List.of(new LateKilled(false), new LateKilled(true), new AtOnce());
    }

    /** An instance dies with a thousand of them. */
    private record AtOnce() implements Scenario {
        private static final int AT_ONCE = 1_000;

        @Override
        public String name() {
            return "late-thousand-killed";
        }

        @Override
        public String fault() {
            return "handlers take 6 s, an instance is killed with 1,000 pushes that it has acknowledged";
        }

        @Override
        public String promise() {
            return PROMISE;
        }

        @Override
        public Verdict run(Stage stage) {
            try (RedisServer redis = RedisServer.start();
                    Trial trial = Trial.start(stage, this, redis)) {
                Instance victim = trial.victim();
                send(trial, AT_ONCE, victim.pushPort());
                trial.goOn(ACKNOWLEDGED);
                victim.kill();
                trial.goOn(DOWN);
                victim.start();
                victim.awaitReady();
                Verdict verdict = trial.faultEnded().goOn(Duration.ofSeconds(1)).end();
                Set<String> owed = acknowledged(trial);
                boolean delivered = isDelivered(trial, owed);
                judge(trial, verdict, owed, delivered);
                return verdict.onceOrMarked();
            }
        }
    }

    @Override
    public String name() {
        return redisAsWell ? "late-killed-redis-killed" : "late-killed";
    }

    @Override
    public String fault() {
        return "handlers take 6 s, an instance is killed every 20 s" + (redisAsWell ? ", Redis 2 s before it" : "")
                + ", 2,000 pushes";
    }

    @Override
    public String promise() {
        return PROMISE;
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = redisAsWell ? keepingItsData() : RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            String work = "sleep " + WORK.toMillis();
            trial.send(
                    RATE,
                    () -> trial.pusher()
                            .deliver(trial.mill().text(work), trial.fleet().port()));
            List<Instance> instances = trial.fleet().instances();
            int kills = stage.count(PUSHES) / RATE / (int) BETWEEN_KILLS.toSeconds();
            for (int i = 0; i < Math.max(1, kills); i++) {
                trial.goOn(BETWEEN_KILLS.minus(DOWN));
                kill(trial, redis, instances.get(i % instances.size()));
            }
            Verdict verdict = trial.faultEnded().goOn(Duration.ofSeconds(1)).end();
            Set<String> owed = acknowledged(trial);
            boolean delivered = isDelivered(trial, owed);
            judge(trial, verdict, owed, delivered);
            return redisAsWell ? verdict.onceOrMarked() : verdict.once();
        }
    }

    /** A Redis that has its data when it comes back. */
    static RedisServer keepingItsData() {
        try {
            Path folder = Files.createTempDirectory("weir-redis");
            return RedisServer.start("--appendonly", "yes", "--dir", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(Trial trial, RedisServer redis, Instance instance) {
        if (redisAsWell) {
            redis.kill();
            trial.goOn(Duration.ofSeconds(2));
        }
        instance.kill();
        if (redisAsWell) {
            redis.restart();
        }
        trial.goOn(DOWN);
        instance.start();
        instance.awaitReady();
    }

    /** So many pushes within a second, whose handlers are late. */
    static void send(Trial trial, int pushes, int port) {
        AtomicInteger left = new AtomicInteger(pushes);
        String work = "sleep " + WORK.toMillis();
        trial.send(
                A_SECOND,
                () -> left.getAndDecrement() > 0
                        ? trial.pusher().deliver(trial.mill().text(work), port)
                        : Future.succeededFuture());
    }

    /** Waits for the replies of these pushes, as long as that may take. */
    static boolean isDelivered(Trial trial, Set<String> owed) {
        return Trial.within(
                TAKEN_OVER, () -> Handlers.messagesByPush(trial).keySet().containsAll(owed));
    }

    /** Pushes that were answered {@code success} although their handler has a reply. */
    static Set<String> acknowledged(Trial trial) {
        return trial.attempts().stream()
                .filter(attempt ->
                        attempt.outcome() == Outcome.ACCEPTED && attempt.reply().equals("success"))
                .map(Attempt::push)
                .collect(Collectors.toSet());
    }

    static void judge(Trial trial, Verdict verdict, Set<String> owed, boolean delivered) {
        Map<String, Long> messages = Handlers.messagesByPush(trial);
        Set<String> marked = trial.runs().stream()
                .filter(RowRun::redelivered)
                .map(RowRun::push)
                .collect(Collectors.toSet());
        long twice = messages.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .filter(each -> !marked.contains(each.getKey()))
                .count();
        verdict.note("acknowledged", owed.size())
                .note(
                        "delivered twice, marked",
                        messages.values().stream().filter(count -> count > 1).count())
                .that("some were acknowledged", !owed.isEmpty())
                .that("every reply arrives within " + TAKEN_OVER.toSeconds() + " s", delivered)
                .equal("replies that never arrived", missing(owed, messages), 0)
                .equal("replies twice without the mark", twice, 0)
                .equal("lost", verdict.figures().lost(), 0);
    }

    private static long missing(Set<String> owed, Map<String, Long> messages) {
        return owed.stream().filter(push -> !messages.containsKey(push)).count();
    }
}
