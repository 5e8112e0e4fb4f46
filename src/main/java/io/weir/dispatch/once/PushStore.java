package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.List;

/**
 * What is known of pushes: who runs each, until when, which attempts came, and what was answered. Each operation is one step
 * that nothing comes between, whoever else works on the same push. Any thread.
 */
public interface PushStore {

    /**
     * An attempt arrives, or asks again what has become of the push.
     *
     * @param stamp what its request was signed with
     * @param holder the instance that asks; it will own the run if there is none
     */
    Future<Claimed> claim(PushId id, Stamp stamp, String holder, Asking asking);

    /** Keeps the run with its owner for another lease; false when it is somebody else's now, or has an answer. */
    Future<Boolean> renew(PushId id, String holder);

    /**
     * The run has an answer: from now on it is every attempt's, unless another has been decided.
     *
     * @param answer the reply as text
     * @param taken whether an attempt waits for it here
     */
    Future<Settled> settle(PushId id, String holder, String answer, boolean taken);

    /**
     * No answer has come by the deadline of an attempt: from now on {@code success} is the answer, unless there is one, or a
     * later attempt has arrived whose deadline is yet to come.
     *
     * @param attempt number of the attempt
     */
    Future<Settled> acknowledge(PushId id, int attempt);

    /**
     * The owner's run has an answer that no attempt took. True for one caller at most: it may send the answer in another way, and
     * attempts that come later are answered {@code success}.
     */
    Future<Boolean> release(PushId id, String holder);

    /** How long ago the attempts arrived, the first of them first, up to some; none when nothing is known of the push. */
    Future<List<Duration>> arrivals(PushId id);

    /** Why a store is asked. */
    enum Asking {
        /** An attempt has arrived. */
        ARRIVED,
        /** An attempt has arrived where the push is being run: it waits for that run, whatever its lease. */
        ARRIVED_AT_OWNER,
        /** An attempt that waits asks again. */
        WAITING
    }

    /** What an attempt is to do. */
    sealed interface Claimed {
        /**
         * It runs the push.
         *
         * @param attempt number of the attempt, from 1
         * @param redelivered whether a run was begun before whose owner has gone
         */
        record Started(int attempt, boolean redelivered) implements Claimed {}

        /** It waits: somebody runs the push. */
        record Running(int attempt) implements Claimed {}

        /** It takes the answer, which is there. */
        record Finished(int attempt, String answer) implements Claimed {}

        /** It is refused: signed with the stamp of another push. */
        record Forged() implements Claimed {}
    }

    /** What stands as the answer of a push. */
    sealed interface Settled {
        /** What the caller said. */
        record AsSaid() implements Settled {}

        /** Another answer, decided before. */
        record Otherwise(String answer) implements Settled {}

        /** None yet: it is not the caller's to decide. */
        record Open() implements Settled {}
    }
}
