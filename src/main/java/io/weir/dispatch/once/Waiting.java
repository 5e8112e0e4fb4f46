package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Attempt;
import io.weir.wechat.codec.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt that waits for its answer. Belongs to the event loop that it came on; may be told its answer on any thread. */
final class Waiting {
    private final Attempt attempt;
    private final Loop loop;
    private final Promise<Answered> promise = Promise.promise();
    private volatile @Nullable Execution execution;
    private volatile boolean done;
    private volatile int number = 1;
    /** On the event loop of the execution only. */
    private long arrivedMillis;

    Waiting(Attempt attempt, Loop loop) {
        this.attempt = attempt;
        this.loop = loop;
    }

    Attempt attempt() {
        return attempt;
    }

    Future<Answered> future() {
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

    /** Whether somebody would get an answer. */
    boolean isAwaited() {
        return !done && attempt.waiting().getAsBoolean();
    }

    void answer(String text, Way way) {
        end(Optional.of(text), way);
    }

    /** Leaves it unanswered: the connection is closed, and WeChat asks again. */
    void leave() {
        end(Optional.empty(), Way.LAPSED);
    }

    void refuse(Refusal refusal) {
        done = true;
        loop.run(() -> promise.tryFail(refusal));
    }

    private void end(Optional<String> text, Way way) {
        if (!done) {
            done = true;
            Answered answered = new Answered(text, way, number);
            loop.run(() -> promise.tryComplete(answered));
        }
    }
}
