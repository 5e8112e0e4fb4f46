package io.weir.dispatch.once;

import io.weir.dispatch.Answered.Way;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A push that this instance runs, and the attempts that wait for its answer here. Any thread. */
final class Run {
    private final Push push;
    private final PushId id;
    private final long begunNanos;
    private final long settledFirstNanos;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private volatile long leasedNanos;
    private volatile boolean joinedLate;
    private boolean abandoned;
    private @Nullable String answer;
    private Optional<Way> way = Optional.empty();

    /**
     * A run that begins.
     *
     * @param grantedNanos when it was asked for, on the scale of {@link System#nanoTime()}: its lease is no younger
     * @param settledFirstNanos from when on an answer has to be settled before it is given, since somebody may have settled
     *     another
     */
    Run(Push push, PushId id, long grantedNanos, long settledFirstNanos) {
        this.push = push;
        this.id = id;
        this.begunNanos = grantedNanos;
        this.settledFirstNanos = settledFirstNanos;
        this.leasedNanos = grantedNanos;
    }

    Push push() {
        return push;
    }

    PushId id() {
        return id;
    }

    /** When it began, on the scale of {@link System#nanoTime()}. */
    long begunNanos() {
        return begunNanos;
    }

    /** When it was last known to be this instance's. */
    long leasedNanos() {
        return leasedNanos;
    }

    void leased(long nowNanos) {
        leasedNanos = nowNanos;
    }

    /** Whether its answer may be given before it is settled, as far as others' deadlines go. */
    boolean mayAnswerFirst(long nowNanos) {
        return nowNanos - settledFirstNanos < 0;
    }

    /** Lets an attempt wait; it is answered at once when there is an answer. False when nobody waits here any more. */
    boolean join(Attempt attempt) {
        String there;
        synchronized (this) {
            if (abandoned) {
                return false;
            }
            there = answer;
            if (there == null) {
                attempts.add(attempt);
            }
        }
        if (there != null) {
            joinedLate = true;
            tell(attempt, there);
        }
        return true;
    }

    /** Whether an attempt came for the answer after it was given. */
    boolean wasJoinedLate() {
        return joinedLate;
    }

    /** Whether that is the answer that attempts were given. */
    synchronized boolean says(String text) {
        return text.equals(answer);
    }

    /** Whether somebody would get an answer here. */
    synchronized boolean isAwaited() {
        for (Attempt attempt : attempts) {
            if (attempt.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    synchronized boolean isDecided() {
        return answer != null;
    }

    /** Gives every attempt the answer, those to come as well; nothing happens when there is one. */
    void decide(String text, Optional<Way> how) {
        List<Attempt> told;
        synchronized (this) {
            if (answer != null) {
                return;
            }
            answer = text;
            way = how;
            told = List.copyOf(attempts);
            attempts.clear();
        }
        told.forEach(attempt -> tell(attempt, text));
    }

    /** The attempts that wait, which wait here no longer. */
    synchronized List<Attempt> abandon() {
        abandoned = true;
        List<Attempt> left = List.copyOf(attempts);
        attempts.clear();
        return left;
    }

    private void tell(Attempt attempt, String text) {
        if (way.isPresent()) {
            attempt.answer(text, way.get());
        } else {
            attempt.answer(text);
        }
    }
}
