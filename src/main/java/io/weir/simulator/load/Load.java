package io.weir.simulator.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;

/** Sends many pushes as a {@link LoadPlan} says, once. Any thread. */
public final class Load {
    private static final Duration LATE = Duration.ofMillis(100);

    private final LoadPlan plan;
    private final SimulatedTime time;
    private final IntFunction<Future<Delivered>> sender;
    private final Promise<LoadSummary> done = Promise.promise();
    private final Tally tally = new Tally();
    private final Instant start;
    private int begun;
    private int running;
    private boolean beginning;
    private boolean waiting;
    private boolean ending;

    /**
     * Time counts from here on.
     *
     * @param sender delivers push number so-and-so, from 0 on, and does not fail for what the gateway does
     */
    public Load(LoadPlan plan, SimulatedTime time, IntFunction<Future<Delivered>> sender) {
        this.plan = plan;
        this.time = time;
        this.sender = sender;
        this.start = time.clock().instant();
    }

    /** Begins. Completes when all pushes are over, or those begun before the limit. */
    public Future<LoadSummary> run() {
        SimulatedTime.Alarm limit = time.after(plan.limit(), this::end);
        proceed();
        return done.future().onComplete(over -> limit.cancel());
    }

    /** Ends it at once: {@link #run()} completes with what there is. */
    public void stop() {
        LoadSummary summary;
        synchronized (this) {
            ending = true;
            summary = summary();
        }
        done.tryComplete(summary);
    }

    private synchronized void end() {
        ending = true;
        completeIfOver();
    }

    /** Begins what can be begun. A push that is over at once must not begin the next one from within: that would nest. */
    private synchronized void proceed() {
        if (beginning) {
            return;
        }
        beginning = true;
        for (int left = plan.burst(); left > 0 && hasRoom() && isDue(begun); left--) {
            begin();
        }
        beginning = false;
        if (hasRoom() && !waiting) {
            waiting = true;
            time.after(left(begun), this::tick);
        }
        completeIfOver();
    }

    private boolean hasRoom() {
        return !allBegun() && running < plan.concurrency();
    }

    private void tick() {
        synchronized (this) {
            waiting = false;
        }
        proceed();
    }

    private boolean isDue(int index) {
        return left(index).compareTo(Duration.ZERO) <= 0;
    }

    /** How long until a push is due; negative: since when it has been. */
    private Duration left(int index) {
        return plan.due(index).minus(elapsed());
    }

    private void begin() {
        if (plan.rate().isPresent() && left(begun).plus(LATE).isNegative()) {
            tally.addLate();
        }
        running++;
        sender.apply(begun++).onComplete(this::over);
    }

    private void over(AsyncResult<Delivered> result) {
        synchronized (this) {
            running--;
            if (result.succeeded()) {
                tally.add(result.result());
            } else {
                done.tryFail(result.cause());
            }
        }
        proceed();
    }

    private boolean allBegun() {
        return ending || begun == plan.repeat();
    }

    private void completeIfOver() {
        if (allBegun() && running == 0) {
            done.tryComplete(summary());
        }
    }

    private LoadSummary summary() {
        return tally.summary(elapsed());
    }

    private Duration elapsed() {
        return Duration.between(start, time.clock().instant());
    }
}
