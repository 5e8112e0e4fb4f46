package io.weir.faults;

import io.weir.faults.fleet.Backend;
import io.weir.faults.fleet.Backend.Kind;
import io.weir.faults.push.Attempt;
import io.weir.faults.push.RowRun;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of a system that answers the texts over HTTP, while taps are answered from replies.yaml. */
final class BackendFaults {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String ONCE = "late, failed, lost, duplicate, divergent 0, none asked twice; ";
    private static final String BACK = "taps: p99 < 100 ms; its replies again in ";
    private static final int TAPS_P99 = 100;
    /** Once for each instance and kind of failure. */
    private static final int INSTANCES = 3;

    private BackendFaults() {}

    /** The first kind's rows have the plain names. */
    private static String name(Kind kind, String fault) {
        return kind == Kind.CO_WECHAT ? "backend-" + fault : kind.name().toLowerCase(Locale.ROOT) + "-" + fault;
    }

    static List<Scenario> all() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.<Scenario>of(new Killed(kind), new Hung(kind), new Slow(kind), new Wrong(kind)))
                .toList();
    }

    /** Every push was answered in time and asked once, and taps did not wait for what happened to texts. */
    private static Verdict wentOn(Trial trial, Verdict verdict) {
        List<Double> taps = trial.attempts().stream()
                .filter(Attempt::isByReplies)
                .map(Attempt::millis)
                .sorted()
                .toList();
        Map<String, Long> asked = trial.runs().stream()
                .filter(run -> !run.finished())
                .collect(Collectors.groupingBy(RowRun::push, Collectors.counting()));
        return verdict.flawless()
                .equal(
                        "asked twice",
                        asked.values().stream().filter(times -> times > 1).count(),
                        0)
                .that("taps were answered from replies.yaml", !taps.isEmpty())
                .below("p99 of taps in ms", taps.isEmpty() ? 0 : taps.get(taps.size() * 99 / 100), TAPS_P99);
    }

    /** The same where each text has a reply: the backend's, or else the one of replies.yaml. */
    private static Verdict wentOnOtherwise(Trial trial, Verdict verdict) {
        long otherwise = count(trial, Attempt::isOtherwise);
        return wentOn(trial, verdict)
                .equal(
                        "without a reply",
                        count(trial, attempt -> attempt.reply().equals("success")),
                        0)
                .note("answered otherwise", otherwise)
                .that("some were answered otherwise", otherwise > 0);
    }

    private static long count(Trial trial, Predicate<Attempt> which) {
        return trial.attempts().stream().filter(which).count();
    }

    /** It dies with what it is at, and comes back. */
    private record Killed(Kind kind) implements Scenario {
        private static final int BACK_SECONDS = 10;

        @Override
        public String name() {
            return BackendFaults.name(kind, "killed");
        }

        @Override
        public String fault() {
            return "backend (" + kind.label() + ") kill -9, back after 5 s";
        }

        @Override
        public String promise() {
            return ONCE + "else `otherwise`; p99 < 300 ms; " + BACK + BACK_SECONDS + " s";
        }

        @Override
        public Verdict run(Stage stage) {
            Backend backend = new Backend(kind, TIMEOUT);
            try (RedisServer redis = RedisServer.start();
                    Trial trial = Trial.start(stage, this, redis, backend)) {
                trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
                backend.kill();
                trial.goOn(stage.seconds(5));
                backend.restart();
                trial.faultEnded().goOn(Duration.ofSeconds(BACK_SECONDS + 1));
                return wentOnOtherwise(trial, trial.end())
                        .p99Below(300)
                        .logs(INSTANCES, "backend gives no reply")
                        .logs(INSTANCES, "backend answers again")
                        .healedWithin(Duration.ofSeconds(BACK_SECONDS));
            }
        }
    }

    /** It takes connections and answers nothing. */
    private record Hung(Kind kind) implements Scenario {
        private static final int BACK_SECONDS = 5;

        @Override
        public String name() {
            return BackendFaults.name(kind, "hung");
        }

        @Override
        public String fault() {
            return "backend (" + kind.label() + ") stopped for 8 s, timeout 3 s";
        }

        @Override
        public String promise() {
            return ONCE + "`otherwise` after 3 s, later at once; max < 3.4 s; " + BACK + BACK_SECONDS + " s";
        }

        /** Tomcat's queue of connections, a fifth of Node.js's, is full after some seconds: another kind of failure. */
        private int failures() {
            return kind == Kind.WXJAVA ? 2 * INSTANCES : INSTANCES;
        }

        @Override
        public Verdict run(Stage stage) {
            Backend backend = new Backend(kind, TIMEOUT);
            try (RedisServer redis = RedisServer.start();
                    Trial trial = Trial.start(stage, this, redis, backend)) {
                trial.load(Rates.STEADY, "sleep 20").goOn(stage.seconds(3));
                backend.freeze();
                trial.goOn(Duration.ofSeconds(8));
                backend.thaw();
                trial.faultEnded().goOn(Duration.ofSeconds(BACK_SECONDS + 1));
                Verdict verdict = trial.end();
                return wentOnOtherwise(trial, verdict)
                        .below("max in ms", verdict.figures().max(), 3_400)
                        .logs(failures(), "backend gives no reply")
                        .logs(INSTANCES, "backend answers again")
                        .healedWithin(Duration.ofSeconds(BACK_SECONDS));
            }
        }
    }

    /** It answers, but later than WeChat waits. */
    private record Slow(Kind kind) implements Scenario {
        private static final int RATE = 40;

        @Override
        public String name() {
            return BackendFaults.name(kind, "slow");
        }

        @Override
        public String fault() {
            return "backend (" + kind.label() + ") answers after 6 s, timeout 10 s";
        }

        @Override
        public String promise() {
            return ONCE + "`success` at 4.5 s; one customer-service message each; " + BACK + "3 s";
        }

        @Override
        public Verdict run(Stage stage) {
            AtomicReference<String> work = new AtomicReference<>("sleep 6000");
            try (RedisServer redis = RedisServer.start();
                    Trial trial = Trial.start(stage, this, redis, new Backend(kind, Duration.ofSeconds(10)))) {
                trial.load(RATE, work::get).goOn(stage.seconds(8));
                work.set("");
                trial.faultEnded().goOn(stage.seconds(6));
                Verdict verdict = trial.end();
                long owed = trial.attempts().stream()
                        .filter(attempt -> attempt.reply().equals("success"))
                        .map(Attempt::push)
                        .distinct()
                        .count();
                Trial.within(Handlers.LATE, () -> Handlers.messages(trial) >= owed);
                trial.goOn(Handlers.NO_MORE);
                // A repeat joins the slow run of its push up to 1.5 s after the backend is quick again.
                return wentOn(trial, verdict)
                        .that("some were answered late", owed > 0)
                        .equal(
                                "pushes with a customer-service message",
                                Handlers.messagesByPush(trial).size(),
                                owed)
                        .equal("customer-service messages", Handlers.messages(trial), owed)
                        .equal("answered otherwise", count(trial, Attempt::isOtherwise), 0)
                        .below("max in ms", verdict.figures().max(), 4_900)
                        .healedWithin(Duration.ofSeconds(3));
            }
        }
    }

    /** It answers what is no reply: first a page to log in, then errors. */
    private record Wrong(Kind kind) implements Scenario {
        private static final int BACK_SECONDS = 10;

        @Override
        public String name() {
            return BackendFaults.name(kind, "wrong");
        }

        @Override
        public String fault() {
            return "backend (" + kind.label() + ") answers 200 with a login page for 4 s, then 500 for 4 s";
        }

        @Override
        public String promise() {
            return ONCE + "else `otherwise`; p99 < 300 ms; " + BACK + BACK_SECONDS + " s";
        }

        @Override
        public Verdict run(Stage stage) {
            AtomicReference<String> work = new AtomicReference<>("");
            try (RedisServer redis = RedisServer.start();
                    Trial trial = Trial.start(stage, this, redis, new Backend(kind, TIMEOUT))) {
                trial.load(Rates.STEADY, work::get).goOn(stage.seconds(2));
                work.set("login");
                trial.goOn(stage.seconds(4));
                work.set("status 500");
                trial.goOn(stage.seconds(4));
                work.set("");
                trial.faultEnded().goOn(Duration.ofSeconds(BACK_SECONDS + 1));
                return wentOnOtherwise(trial, trial.end())
                        .p99Below(300)
                        .logs(2 * INSTANCES, "backend gives no reply")
                        .logs(INSTANCES, "backend answers again")
                        .healedWithin(Duration.ofSeconds(BACK_SECONDS));
            }
        }
    }
}
