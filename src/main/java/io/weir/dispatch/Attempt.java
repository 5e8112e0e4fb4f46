package io.weir.dispatch;

import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import java.util.function.BooleanSupplier;

/**
 * One attempt of WeChat's to deliver a push, which passed the checks of the codec. Unchangeable.
 *
 * @param request the request, as it came
 * @param received what the codec made of it
 * @param acceptedNanos when the codec had accepted it, on the scale of {@link System#nanoTime()}
 * @param deadline when this attempt must be answered
 * @param awaited whether the peer still waits for the answer; may be asked on any thread
 * @param run how the push is run; {@link ExecutionInfo#FIRST} until an execution decides otherwise
 */
public record Attempt(
        RawRequest request,
        OpenedPush received,
        long acceptedNanos,
        Deadline deadline,
        BooleanSupplier awaited,
        ExecutionInfo run) {

    /** An attempt that has just arrived. */
    public Attempt(
            RawRequest request, OpenedPush received, long acceptedNanos, Deadline deadline, BooleanSupplier awaited) {
        this(request, received, acceptedNanos, deadline, awaited, ExecutionInfo.FIRST);
    }

    /**
     * How a push is run: what its handler gets to know.
     *
     * @param attempt number of the attempt that started the run, from 1
     * @param redelivered whether another run of the push may have begun somewhere
     * @param certain whether Redis has granted the run
     * @param replay whether an operator asked for the run
     */
    public record ExecutionInfo(int attempt, boolean redelivered, boolean certain, boolean replay) {
        /** The first run of a push that nobody else runs. */
        public static final ExecutionInfo FIRST = new ExecutionInfo(1, false, true, false);

        /** An operator wants to see what is answered. */
        public static final ExecutionInfo REPLAY = new ExecutionInfo(1, true, true, true);
    }

    /** What WeChat told the account. */
    public Push push() {
        return received.push();
    }

    /** Equal for all attempts of the push. */
    public PushId id() {
        return received.id();
    }

    /** Tells the request from every other. */
    public ReplayKey key() {
        return received.key();
    }

    /** When its request began to arrive, on the scale of {@link System#nanoTime()}. */
    public long arrivedNanos() {
        return request.beganNanos();
    }

    /** The same, to be run in this way until that time. */
    public Attempt running(ExecutionInfo how, Deadline until) {
        return new Attempt(request, received, acceptedNanos, until, awaited, how);
    }
}
