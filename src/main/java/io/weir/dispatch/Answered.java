package io.weir.dispatch;

import io.weir.wechat.message.ReplyWriter;
import java.util.Optional;

/**
 * What an attempt is answered with.
 *
 * @param text the reply as WeChat reads it, before encryption, or {@value ReplyWriter#SUCCESS}; empty when the attempt is left
 *     to lapse, so that WeChat asks again
 * @param way how it came about
 * @param attempt number of the attempt, from 1; arrivals close to each other are one attempt
 */
public record Answered(Optional<String> text, Way way, int attempt) {

    /** How an answer came about. */
    public enum Way {
        /** The attempt started the run that made it. */
        HANDLED,
        /** It took over a run whose owner had died. */
        TAKEN_OVER,
        /** It waited for the run that an attempt before it had started. */
        JOINED,
        /** It was there already. */
        STORED,
        /** There was none by the deadline: acknowledged. */
        ACKNOWLEDGED,
        /** There was none by the deadline: left unanswered. */
        LAPSED,
        /** Its request had been seen, and its answer is kept no longer: {@code success}, and nothing ran. */
        EXPIRED,
        /** There was no room for one more execution: {@code success}, and nothing ran. */
        SHED
    }

    /** An answer of that text. */
    public static Answered of(String text, Way way, int attempt) {
        return new Answered(Optional.of(text), way, attempt);
    }
}
