package io.weir.dispatch;

import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt. Unchangeable.
 *
 * @param kind how it came about
 * @param takenOver whether the run that made it had been taken over from an instance that had gone
 * @param text the reply as WeChat reads it, before encryption, or {@value ReplyWriter#SUCCESS}; empty when the attempt is left
 *     unanswered, so that WeChat asks again
 * @param reply what the handler answered; {@link Reply#NONE} where no run of this instance made the outcome
 * @param attempt number of the attempt, from 1; arrivals close to each other are one attempt
 * @param claimedNanos when its run began, on the scale of {@link System#nanoTime()}; 0 for an attempt that began none
 * @param handledNanos when the handler had answered or failed; 0 where it had not
 * @param error what the handler failed with, without anything of the push; null where it did not
 */
public record Outcome(
        Kind kind,
        boolean takenOver,
        Optional<String> text,
        Reply reply,
        int attempt,
        long claimedNanos,
        long handledNanos,
        @Nullable String error) {

    /** How an outcome came about. */
    public enum Kind {
        /** A run of its own brought a reply. */
        REPLY,
        /** A run of its own brought {@code success}, as the handler wanted. */
        SUCCESS,
        /** The handler failed: {@code success}. */
        FAILED,
        /** Nobody handles this kind of push: {@code success}. */
        UNHANDLED,
        /** It waited for the run that an attempt before it had started. */
        JOINED,
        /** The answer was there already. */
        STORED,
        /** Its request had been seen, and its answer is kept no longer: {@code success}, and nothing ran. */
        EXPIRED,
        /** There was no answer by the deadline: acknowledged with {@code success}. */
        LATE,
        /** There was no answer by the deadline: left unanswered. */
        LAPSED,
        /** There was no space for one more execution: {@code success}, and nothing ran. */
        SHED,
        /** Not genuine. */
        REFUSED,
        /** The verification of the URL, echoed. */
        VERIFIED,
        /** An operator had the push handled once more; nothing was sent. */
        REPLAY;

        /** As API and metrics name it: all answers that another attempt's run brought are a {@code repeat}. */
        public String label() {
            return switch (this) {
                case JOINED, STORED, EXPIRED -> "repeat";
                default -> name().toLowerCase(Locale.ROOT);
            };
        }

        /** Whether a run of the attempt's own made it. */
        public boolean isRun() {
            return switch (this) {
                case REPLY, SUCCESS, FAILED, UNHANDLED -> true;
                default -> false;
            };
        }
    }

    /** An outcome that no run of this instance made. */
    public static Outcome of(Kind kind, String text) {
        return new Outcome(kind, false, Optional.of(text), Reply.NONE, 1, 0, 0, null);
    }

    /** A run that failed. */
    public static Outcome failed(String error) {
        return new Outcome(Kind.FAILED, false, Optional.of(ReplyWriter.SUCCESS), Reply.NONE, 1, 0, 0, error);
    }

    /** An attempt that is left unanswered. */
    public static Outcome lapsed(int attempt) {
        return new Outcome(Kind.LAPSED, false, Optional.empty(), Reply.NONE, attempt, 0, 0, null);
    }

    /** The same for that attempt. */
    public Outcome numbered(int number) {
        return number == attempt
                ? this
                : new Outcome(kind, takenOver, text, reply, number, claimedNanos, handledNanos, error);
    }

    /** The same for an attempt that waited for the run of another. */
    public Outcome joined() {
        return kind.isRun() ? new Outcome(Kind.JOINED, false, text, Reply.NONE, attempt, 0, 0, null) : this;
    }

    /** How the attempt came to its answer, as API and metrics name it; empty for what no attempt of WeChat's comes to. */
    public Optional<String> way() {
        return switch (kind) {
            case REPLY, SUCCESS, FAILED, UNHANDLED -> Optional.of(takenOver ? "taken_over" : "handled");
            case LATE -> Optional.of("acknowledged");
            case REFUSED, VERIFIED, REPLAY -> Optional.empty();
            default -> Optional.of(kind.name().toLowerCase(Locale.ROOT));
        };
    }

    /** When its run began; empty for an attempt that began none. */
    public OptionalLong claimed() {
        return claimedNanos == 0 ? OptionalLong.empty() : OptionalLong.of(claimedNanos);
    }

    /** When the handler had answered or failed; empty where it had not. */
    public OptionalLong handled() {
        return handledNanos == 0 ? OptionalLong.empty() : OptionalLong.of(handledNanos);
    }
}
