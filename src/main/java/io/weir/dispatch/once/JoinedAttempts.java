package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The attempts that wait for the answer of one {@link Execution}, and how they count. Used on its event loop. */
final class JoinedAttempts {
    private List<JoinedAttempt> waiting = new ArrayList<>(1);
    private final Attempt maker;
    private final Executions.Rules rules;
    private final Loop loop;
    private final long makerMillis;
    private volatile long firstMillis;
    private boolean joinedAfter;

    /** @param maker the attempt that made the execution */
    JoinedAttempts(Attempt maker, Executions.Rules rules, Loop loop) {
        this.maker = maker;
        this.rules = rules;
        this.loop = loop;
        this.makerMillis = arrivalMillis(maker);
        this.firstMillis = makerMillis;
    }

    void add(JoinedAttempt attempt) {
        note(attempt);
        waiting.add(attempt);
    }

    private void note(JoinedAttempt attempt) {
        attempt.arrivedAt(isMaker(attempt) ? makerMillis : arrivalMillis(attempt.attempt()));
        attempt.is(number(attempt.arrivedMillis()));
    }

    private boolean isMaker(JoinedAttempt attempt) {
        return waiting.isEmpty() && attempt.attempt().arrivedNanos() == maker.arrivedNanos();
    }

    /** An attempt that comes for the answer when that is there already. */
    void addAfter(JoinedAttempt attempt) {
        note(attempt);
        joinedAfter |= attempt.isAwaited();
    }

    /** Whether an attempt came for the answer when that was there already. */
    boolean wereJoinedAfter() {
        return joinedAfter;
    }

    /** When the first attempt arrived, wherever, in milliseconds since 1970. */
    long firstMillis() {
        return firstMillis;
    }

    /** An attempt arrived somewhere at that time. */
    void firstCameAt(long millis) {
        if (millis < firstMillis) {
            firstMillis = millis;
            for (JoinedAttempt attempt : waiting) {
                attempt.is(number(attempt.arrivedMillis()));
            }
        }
    }

    /** Which attempt of WeChat's the one is that made the execution, from 1. */
    int numberOfMaker() {
        return number(makerMillis);
    }

    private int number(long arrivedMillis) {
        return rules.limits().attempt(arrivedMillis - firstMillis);
    }

    private long arrivalMillis(Attempt attempt) {
        return rules.clock().millis() - TimeUnit.NANOSECONDS.toMillis(loop.nanoTime() - attempt.arrivedNanos());
    }

    /** Whether somebody would get an answer. */
    boolean areAwaited() {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).isAwaited()) {
                return true;
            }
        }
        return false;
    }

    boolean haveADeadlineBefore(long nanos) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).attempt().deadline().atNanos() - nanos < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether an attempt has the timestamp and nonce of the one that made the execution, and another body that WeChat has not signed. */
    boolean isForger(JoinedAttempt attempt) {
        ReplayKey other = attempt.attempt().key();
        return !other.covered()
                && other.isPairOf(maker.key())
                && other.digest() != maker.key().digest();
    }

    void refuseForgers() {
        for (JoinedAttempt attempt : List.copyOf(waiting)) {
            if (isForger(attempt)) {
                waiting.remove(attempt);
                attempt.refuse(Refusal.replay());
            }
        }
    }

    /** All that wait, which wait here no longer. */
    List<JoinedAttempt> takeAll() {
        List<JoinedAttempt> all = waiting;
        waiting = new ArrayList<>(0);
        return all;
    }

    /** An attempt that waits for its answer. Belongs to the event loop that it came on; may be told its answer on any thread. */
    static final class JoinedAttempt implements Deadlines.Entry {
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
                    stage.countRepeat(attempt.push(), numbered);
                }
                stage.loop().run(() -> promise.tryComplete(numbered));
            }
        }
    }
}
