package io.weir.faults;

import io.weir.faults.push.RowRun;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A gateway stops in its tracks, as in a long pause of the machine, and goes on as if nothing had been. */
final class InstanceFrozen implements Scenario {
    /** Not shorter in the brief form: it must outlive an attempt. */
    private static final Duration FROZEN = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "instance-frozen";
    }

    @Override
    public String fault() {
        return "instance frozen 10 s with its leases and pushes (SIGSTOP)";
    }

    @Override
    public String promise() {
        return "unanswered, failed, lost, divergent 0, nothing begun twice: a repeat takes over, nothing stale is committed";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(Rates.STEADY, "sleep 50").goOn(stage.seconds(3));
            trial.victim().freeze();
            long frozenAt = System.currentTimeMillis();
            trial.goOn(FROZEN);
            trial.victim().thaw();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(6)).end();
            return verdict.note(
                            "late: caught in the frozen instance",
                            verdict.figures().late())
                    .equal("failed", verdict.figures().failed(), 0)
                    .equal("unanswered", verdict.figures().unanswered(), 0)
                    .equal("lost", verdict.figures().lost(), 0)
                    .equal("divergent", verdict.figures().divergent(), 0)
                    .equal("runs begun for nothing", secondRuns(verdict) - underWay(trial, frozenAt), 0)
                    .that("something was caught in it", verdict.figures().late() > 0);
        }
    }

    private static long secondRuns(Verdict verdict) {
        return verdict.figures().duplicate() + verdict.figures().marked();
    }

    /** Second runs that were under way when the instance froze: nobody can keep a handler from going on after the thaw. */
    private static long underWay(Trial trial, long frozenAt) {
        Map<String, Long> begun = trial.runs().stream()
                .filter(run -> !run.finished())
                .collect(Collectors.toMap(RowRun::run, RowRun::atMillis));
        Map<String, Long> completed = trial.runs().stream()
                .filter(RowRun::finished)
                .collect(Collectors.groupingBy(RowRun::push, Collectors.counting()));
        return trial.runs().stream()
                .filter(run ->
                        run.finished() && run.instance().equals(trial.victim().name()))
                .filter(run -> run.atMillis() > frozenAt && begun.getOrDefault(run.run(), run.atMillis()) <= frozenAt)
                .filter(run -> completed.getOrDefault(run.push(), 0L) > 1)
                .count();
    }
}
