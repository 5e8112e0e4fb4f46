package io.weir.wechat.api;

import java.time.Duration;

/** What a client has to do about an error code (token-and-server-api.md §4). */
public enum ErrorPolicy {
    /** The token is no longer taken: one compare-and-invalidate, one refresh for all instances, one repeat. */
    RENEW_TOKEN,
    /** WeChat is busy: repeat with growing pauses, three times at most; the call may have been executed. */
    BACK_OFF,
    /** Too many calls a minute: none of this function for a minute. */
    WAIT_A_MINUTE,
    /** The day's quota of a function is used up: none of it until midnight in China. */
    WAIT_UNTIL_TOMORROW,
    /** Only the operator can mend this: no further calls of the account for minutes, and an alarm. */
    STOP,
    /** Only the operator can mend this, and it is about one function: no further calls of it for minutes, and an alarm. */
    STOP_FUNCTION,
    /** This one call is in vain, others are not. */
    GIVE_UP,
    /** Our request is wrong: a bug, or what the caller gave. */
    WRONG_REQUEST;

    private static final Duration MINUTES = Duration.ofMinutes(5);

    /** Whether calls pause after such an answer, and how long; zero where they do not, or where a calendar decides. */
    Duration pause() {
        return switch (this) {
            case WAIT_A_MINUTE -> Duration.ofMinutes(1);
            case STOP, STOP_FUNCTION -> MINUTES;
            default -> Duration.ZERO;
        };
    }
}
