package io.weir.dispatch.once;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Arrival;
import io.weir.wechat.codec.Refusal;
import java.util.Optional;

/** An attempt that waits for its answer. Used on the event loop that it came on; may be told an answer from any thread. */
final class Attempt {
    private final Arrival arrival;
    private final Context context;
    private final Promise<Answered> promise = Promise.promise();
    private volatile boolean done;
    private Way way = Way.JOINED;
    private int number = 1;
    private int questions;
    private long askedNanos;

    Attempt(Arrival arrival, Context context) {
        this.arrival = arrival;
        this.context = context;
    }

    Arrival arrival() {
        return arrival;
    }

    Future<Answered> future() {
        return promise.future();
    }

    /** Number of the attempt of WeChat's that it is, from 1, as far as is known. */
    int number() {
        return number;
    }

    /** How often it has asked what became of the push. */
    int questions() {
        return questions++;
    }

    /** When it last asked what it is to do, on the scale of {@link System#nanoTime()}. */
    long askedNanos() {
        return askedNanos;
    }

    void asks() {
        askedNanos = System.nanoTime();
    }

    void is(Way what, int which) {
        way = what;
        number = which;
    }

    boolean isDone() {
        return done;
    }

    /** Whether somebody would get an answer. */
    boolean isAwaited() {
        return !done && arrival.waiting().getAsBoolean();
    }

    /** Does something where the attempt is at home: at once, if that is here. */
    void run(Runnable what) {
        if (context.equals(Vertx.currentContext())) {
            what.run();
        } else {
            context.runOnContext(nothing -> what.run());
        }
    }

    /** The run's answer. */
    void answer(String text) {
        run(() -> end(new Answered(Optional.of(text), way, number)));
    }

    /** An answer that came about in another way than the attempt's. */
    void answer(String text, Way how) {
        run(() -> end(new Answered(Optional.of(text), how, number)));
    }

    void lapse() {
        if (done) {
            return;
        }
        end(new Answered(Optional.empty(), Way.LAPSED, number));
    }

    void refuse() {
        done = true;
        promise.tryFail(Refusal.replay());
    }

    private void end(Answered answered) {
        done = true;
        promise.tryComplete(answered);
    }
}
