package io.weir.dispatch.once;

import io.weir.dispatch.Attempt;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The attempts that wait for the answer of one {@link Execution}, and how they count. Used on its event loop. */
final class JoinedAttempts {
    private final List<Waiting> waiting = new ArrayList<>(1);
    private final Attempt maker;
    private final Executions.Rules rules;
    private final Loop loop;
    private long firstMillis;
    private boolean joinedAfter;

    /** @param maker the attempt that made the execution */
    JoinedAttempts(Attempt maker, Executions.Rules rules, Loop loop) {
        this.maker = maker;
        this.rules = rules;
        this.loop = loop;
        this.firstMillis = arrivalMillis(maker);
    }

    void add(Waiting attempt) {
        attempt.is(number(attempt.attempt()));
        waiting.add(attempt);
    }

    /** An attempt that comes for the answer when that is there already. */
    void addAfter(Waiting attempt) {
        attempt.is(number(attempt.attempt()));
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
        firstMillis = Math.min(firstMillis, millis);
        for (Waiting attempt : waiting) {
            attempt.is(number(attempt.attempt()));
        }
    }

    /** Which attempt of WeChat's that is, from 1. */
    int number(Attempt attempt) {
        return rules.limits().attempt(arrivalMillis(attempt) - firstMillis);
    }

    private long arrivalMillis(Attempt attempt) {
        return rules.clock().millis() - TimeUnit.NANOSECONDS.toMillis(loop.nanoTime() - attempt.arrivedNanos());
    }

    /** Whether somebody would get an answer. */
    boolean areAwaited() {
        for (Waiting attempt : waiting) {
            if (attempt.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    boolean haveADeadlineBefore(long nanos) {
        for (Waiting attempt : waiting) {
            if (attempt.attempt().deadline().atNanos() - nanos < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether an attempt has the timestamp and nonce of the one that made the execution, and another body that WeChat has not signed. */
    boolean isForger(Waiting attempt) {
        ReplayKey other = attempt.attempt().key();
        return !other.covered()
                && other.isPairOf(maker.key())
                && other.digest() != maker.key().digest();
    }

    void refuseForgers() {
        for (Waiting attempt : List.copyOf(waiting)) {
            if (isForger(attempt)) {
                waiting.remove(attempt);
                attempt.refuse(Refusal.replay());
            }
        }
    }

    /** All that wait, which wait here no longer. */
    List<Waiting> takeAll() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
