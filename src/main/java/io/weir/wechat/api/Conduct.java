package io.weir.wechat.api;

/** What a client has to do about an error code (token-and-server-api.md §4). */
public enum Conduct {
    /** The token is no longer taken: one compare-and-invalidate, one refresh for all instances, one repeat. */
    RENEW_TOKEN,
    /** WeChat is busy: repeat with growing pauses, three times at most; the call may have been executed. */
    BACK_OFF,
    /** Too many calls a minute: none for a minute. */
    WAIT_A_MINUTE,
    /** The day's quota is used up: none until midnight in China. */
    WAIT_UNTIL_TOMORROW,
    /** Only the operator can mend this: no further calls for minutes, and an alarm. */
    STOP,
    /** This one call is in vain, others are not. */
    GIVE_UP,
    /** Our request is wrong: a bug, or what the caller gave. */
    WRONG_REQUEST
}
