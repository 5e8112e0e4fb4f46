package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.wechat.codec.Refusal;
import org.jspecify.annotations.Nullable;

/** An attempt that waits for its answer. Belongs to the event loop that it came on; may be told its answer on any thread. */
final class JoinedAttempt implements Deadlines.Entry {
    private final Attempt attempt;
    private final OnceOnly stage;
    private final Promise<Outcome> promise = Promise.promise();
    private volatile @Nullable Execution execution;
    private volatile boolean done;
    private volatile int number = 1;
    /** On the event loop of the execution only. */
    private long arrivedMillis;

    /** @param stage that it came to */
    JoinedAttempt(Attempt attempt, OnceOnly stage) {
        this.attempt = attempt;
        this.stage = stage;
    }

    Attempt attempt() {
        return attempt;
    }

    Future<Outcome> future() {
        return promise.future();
    }

    /** The execution that it waits for; null while it has none. */
    @Nullable
    Execution execution() {
        return execution;
    }

    /** Number of the attempt of WeChat's that it is, from 1, as far as is known. */
    int number() {
        return number;
    }

    void joins(Execution joined) {
        execution = joined;
    }

    void is(int which) {
        number = which;
    }

    /** When it arrived, in milliseconds since 1970 by the clock of pushes. */
    long arrivedMillis() {
        return arrivedMillis;
    }

    void arrivedAt(long millis) {
        arrivedMillis = millis;
    }

    boolean isDone() {
        return done;
    }

    @Override
    public long deadlineNanos() {
        return attempt.deadline().atNanos();
    }

    @Override
    public boolean isOver() {
        return done;
    }

    @Override
    public void pass() {
        stage.acknowledge(this);
    }

    /** Whether somebody would get an answer. */
    boolean isAwaited() {
        return !done && attempt.awaited().getAsBoolean();
    }

    /** Gives it the answer of its push. */
    void answer(Outcome outcome) {
        end(outcome);
    }

    /** Leaves it unanswered: the connection is closed, and WeChat asks again. */
    void leave() {
        end(Outcome.lapsed(number));
    }

    void refuse(Refusal refusal) {
        done = true;
        stage.loop().run(() -> promise.tryFail(refusal));
    }

    private void end(Outcome outcome) {
        if (!done) {
            done = true;
            Outcome numbered = outcome.numbered(number);
            if (!numbered.kind().isRun() || numbered.takenOver()) {
                stage.countRepeat(attempt.push(), numbered.way().orElseThrow());
            }
            stage.loop().run(() -> promise.tryComplete(numbered));
        }
    }
}
