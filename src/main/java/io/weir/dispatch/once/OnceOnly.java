package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.dispatch.once.JoinedAttempts.JoinedAttempt;
import io.weir.dispatch.once.Ownership.ClaimLimits;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The stage of the pipeline that lets a push be handled by one execution, whatever number of attempts come and wherever, and
 * brings every attempt the answer of that execution, by the attempt's deadline.
 *
 * <p>Each attempt joins the {@link Execution} of its push at this instance; the first makes it. When an attempt's deadline comes
 * before the answer, {@code success} becomes the push's answer, or, where the type's policy says so, the attempt is left
 * unanswered and WeChat asks again.
 *
 * <p>Made and used on one event loop; one for each.
 */
public final class OnceOnly implements PushPipeline {
    /** WeChat asks three times in all (push-protocol.md §7). */
    private static final int LAST_ATTEMPT = 3;

    /** So long before the deadline is asked whether an attempt may stay unanswered: longer than Redis may take. */
    private static final long DECIDING_MILLIS = 250;

    private static final long STOPPED_LOOP_MILLIS = 50;
    private static final PushId NO_PUSH = new PushId(0, 0);

    private final Loop loop;
    private final PushPipeline handlers;
    private final Executions executions;
    private final OnceLimits limits;
    private final Deadlines deadlines;
    private final Deadlines runs;
    private final ClaimLimits claims;
    private int ticks;

    /**
     * The stage of the event loop that this is called on.
     *
     * @param handlers brings the reply of an execution; on this event loop
     */
    public static OnceOnly here(Vertx vertx, PushPipeline handlers, Executions executions) {
        return new OnceOnly(Loop.current(vertx), handlers, executions);
    }

    OnceOnly(Loop loop, PushPipeline handlers, Executions executions) {
        this.loop = loop;
        this.handlers = handlers;
        this.executions = executions;
        this.limits = executions.rules().limits();
        this.deadlines = new Deadlines(loop);
        this.runs = new Deadlines(loop);
        this.claims = new ClaimLimits(loop.nanoTime());
        tickLater();
    }

    @Override
    public Future<Outcome> answer(Attempt attempt) {
        JoinedAttempt waiting = new JoinedAttempt(attempt, this);
        enter(waiting);
        if (!waiting.isDone()) {
            watch(waiting);
        }
        return waiting.future();
    }

    @Override
    public Future<Void> verified(RawRequest request, ReplayKey key) {
        if (executions.keys().use(key) != KeyUse.NEW) {
            return Future.succeededFuture();
        }
        Promise<Void> used = Promise.promise();
        executions.useUp(loop, NO_PUSH, key).onComplete(told -> loop.run(used::tryComplete));
        loop.after(limits.claim().toMillis(), used::tryComplete);
        return used.future();
    }

    Loop loop() {
        return loop;
    }

    /** Brings the outcome of a run. */
    PushPipeline handlers() {
        return handlers;
    }

    void countRepeat(Push push, Outcome outcome) {
        executions.rules().outcomes().countRepeat(push, outcome.way().orElseThrow());
        if (outcome.kind() == Kind.JOINED) {
            executions.countJoin();
        }
    }

    ClaimLimits claims() {
        return claims;
    }

    /** Deadlines of runs, which all may take the same time. */
    Deadlines runs() {
        return runs;
    }

    /** Joins the execution of the push, or makes it. */
    void enter(JoinedAttempt waiting) {
        Execution made = new Execution(waiting.attempt(), this, executions);
        Execution there = executions.putIfAbsent(made);
        if (there == null) {
            made.open(waiting);
        } else if ((!there.isConfirmed()
                        && waiting.attempt().key().isPairOf(there.first().key()))
                || mayJoin(waiting.attempt(), there.first().key())) {
            there.join(waiting);
        } else {
            waiting.refuse(Refusal.replay());
        }
    }

    /**
     * Whether a further attempt of a push may join: not when its key came with another body, unless WeChat has signed that too. A
     * key of its own is used up.
     */
    private boolean mayJoin(Attempt attempt, ReplayKey first) {
        ReplayKey key = attempt.key();
        if (key.isPairOf(first)) {
            return key.covered() || key.digest() == first.digest();
        }
        KeyUse use = executions.keys().use(key);
        if (use == KeyUse.NEW) {
            executions.useUp(loop, attempt.id(), key);
        }
        return key.covered() || use == KeyUse.NEW || use == KeyUse.SAME;
    }

    /** Sees to it that the attempt ends in time. */
    private void watch(JoinedAttempt waiting) {
        if (executions.rules().lateRetries().concern(waiting.attempt().push())) {
            loop.after(Math.max(1, left(waiting) - DECIDING_MILLIS), () -> decide(waiting));
        } else {
            deadlines.add(waiting);
        }
    }

    private long left(JoinedAttempt waiting) {
        return waiting.attempt().deadline().remainingMillis(loop.nanoTime());
    }

    private void decide(JoinedAttempt waiting) {
        if (waiting.isDone()) {
            return;
        }
        if (!waiting.isAwaited()) {
            waiting.leave();
        } else if (waiting.number() >= LAST_ATTEMPT || isUnreachable(waiting)) {
            loop.after(left(waiting), () -> acknowledge(waiting));
        } else {
            AtomicBoolean open = new AtomicBoolean(true);
            loop.after(left(waiting), () -> {
                if (open.getAndSet(false)) {
                    acknowledge(waiting);
                }
            });
            executions
                    .rules()
                    .lateRetries()
                    .allow(waiting.attempt().push())
                    .otherwise(false)
                    .onSuccess(allowed -> loop.run(() -> decided(waiting, allowed && open.getAndSet(false))));
        }
    }

    /** The next attempt would find no answer either. */
    private static boolean isUnreachable(JoinedAttempt waiting) {
        Execution execution = waiting.execution();
        return execution != null && execution.isUnreachable();
    }

    private void decided(JoinedAttempt waiting, boolean unanswered) {
        if (unanswered) {
            long age = TimeUnit.NANOSECONDS.toMillis(
                    loop.nanoTime() - waiting.attempt().arrivedNanos());
            loop.after(Math.max(1, limits.untaken().toMillis() - age), waiting::leave);
        }
    }

    /** The deadline of an attempt has come. */
    void acknowledge(JoinedAttempt waiting) {
        if (waiting.isDone()) {
            return;
        }
        if (!waiting.isAwaited()) {
            // Whoever sent it has gone: the deadline is that of an attempt to come.
            waiting.leave();
            return;
        }
        Execution execution = waiting.execution();
        if (execution != null) {
            execution.acknowledge(waiting);
        }
        // The loop of the execution may be stopped.
        loop.after(limits.acknowledge().toMillis() + STOPPED_LOOP_MILLIS, () -> acknowledgeHere(waiting, execution));
    }

    private void acknowledgeHere(JoinedAttempt waiting, @Nullable Execution execution) {
        if (waiting.isDone()) {
            return;
        }
        Future<?> kept =
                execution == null ? Future.succeededFuture() : execution.entry().keep();
        kept.onComplete((known, failure) -> loop.run(() -> {
            if (failure == null) {
                waiting.answer(Outcome.of(Kind.LATE, ReplyWriter.SUCCESS));
            } else {
                waiting.leave();
            }
        }));
    }

    private void tickLater() {
        loop.after(ClaimLimits.TICK_MILLIS, () -> {
            tickLater();
            claims.tick(loop.nanoTime());
            deadlines.sweep();
            runs.sweep();
            if (++ticks * ClaimLimits.TICK_MILLIS >= limits.lease().toMillis() / 6) {
                ticks = 0;
                executions.all().forEach(execution -> execution.renew(loop));
            }
        });
    }
}
