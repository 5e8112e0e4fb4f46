package io.weir.dispatch.once;

import io.vertx.core.Vertx;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Outcomes;
import io.weir.dispatch.Outcomes.Outcome;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What happens to an attempt whose deadline comes before its answer: it is acknowledged, or left to lapse. */
final class AttemptEnd {
    /** WeChat asks three times in all (push-protocol.md §7). */
    private static final int LAST_ATTEMPT = 3;

    /** So long before the deadline is asked whether an attempt may lapse: longer than Redis may take. */
    private static final long DECIDING_MILLIS = 250;

    private final Vertx vertx;
    private final Deadlines deadlines;
    private final Runs runs;
    private final Lapses lapses;
    private final Outcomes outcomes;
    private final long lapseMillis;

    AttemptEnd(Vertx vertx, Runs runs, OnceCorridor.Rules rules) {
        this.vertx = vertx;
        this.deadlines = new Deadlines(vertx, this::acknowledge);
        this.runs = runs;
        this.lapses = rules.lapses();
        this.outcomes = rules.outcomes();
        this.lapseMillis = rules.limits().lapse().toMillis();
    }

    /** Sees to it that the attempt ends in time; on its event loop. */
    void watch(Attempt attempt) {
        if (lapses.concern(attempt.arrival().push())) {
            long timer = vertx.setTimer(Math.max(1, left(attempt) - DECIDING_MILLIS), fired -> decide(attempt));
            attempt.future().onComplete(ended -> vertx.cancelTimer(timer));
        } else {
            Deadlines.Watch watch = deadlines.watch(attempt);
            attempt.future().onComplete(ended -> watch.end());
        }
    }

    private static long left(Attempt attempt) {
        return attempt.arrival().deadline().remainingMillis(System.nanoTime());
    }

    private void decide(Attempt attempt) {
        if (!attempt.isAwaited()) {
            attempt.lapse();
            return;
        }
        if (attempt.number() >= LAST_ATTEMPT) {
            vertx.setTimer(left(attempt), fired -> acknowledge(attempt));
            return;
        }
        lapses.allow(attempt.arrival().push())
                .otherwise(false)
                .onSuccess(allowed -> attempt.run(() -> decided(attempt, allowed)));
    }

    private void decided(Attempt attempt, boolean lapse) {
        if (lapse) {
            long age = TimeUnit.NANOSECONDS.toMillis(
                    System.nanoTime() - attempt.arrival().arrivedNanos());
            vertx.setTimer(Math.max(1, lapseMillis - age), fired -> attempt.lapse());
        } else {
            vertx.setTimer(left(attempt), fired -> acknowledge(attempt));
        }
    }

    private void acknowledge(Attempt attempt) {
        if (!attempt.isAwaited()) {
            // Whoever sent it has gone: the deadline is that of an attempt to come.
            attempt.lapse();
            return;
        }
        PushId id = attempt.arrival().id();
        runs.store()
                .acknowledge(id, attempt.number())
                .onSuccess(settled -> attempt.run(() -> acknowledged(attempt, settled)))
                .onFailure(bug -> {
                    Faults.tell("an acknowledgement could not be kept", bug);
                    attempt.answer(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
                });
    }

    private void acknowledged(Attempt attempt, PushStore.Settled settled) {
        Push push = attempt.arrival().push();
        Optional<Run> here = runs.find(attempt.arrival().id());
        if (settled instanceof Otherwise otherwise) {
            here.ifPresent(run -> run.decide(otherwise.answer(), Optional.of(Way.STORED)));
            attempt.answer(otherwise.answer(), Way.STORED);
            return;
        }
        if (settled instanceof AsSaid) {
            outcomes.count(push, Outcome.LATE);
            here.ifPresent(run -> run.decide(ReplyWriter.SUCCESS, Optional.of(Way.ACKNOWLEDGED)));
        }
        attempt.answer(ReplyWriter.SUCCESS, Way.ACKNOWLEDGED);
    }
}
