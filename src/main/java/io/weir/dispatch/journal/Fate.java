package io.weir.dispatch.journal;

import java.util.Locale;

/** What became of a request at the door. */
public enum Fate {
    /** Answered with a reply, by a run of its own. */
    REPLY,
    /** Answered with {@code success}, as the handler wanted. */
    SUCCESS,
    /** Acknowledged: there was no answer by the deadline. */
    LATE,
    /** The handler failed; answered with {@code success}. */
    FAILED,
    /** Nobody handles this kind; answered with {@code success}. */
    UNHANDLED,
    /** Answered with {@code success} without a run, since there was no room for one. */
    SHED,
    /** Left unanswered, so that WeChat asks again. */
    LAPSED,
    /** Not genuine. */
    REFUSED,
    /** Answered with what another attempt's run brought. */
    REPEAT,
    /** An operator had it handled once more; nothing was sent. */
    REPLAY,
    /** The verification of the URL, echoed. */
    VERIFIED;

    /** As the API names it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
