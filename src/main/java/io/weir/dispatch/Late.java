package io.weir.dispatch;

/** What happens to a push that is not answered by its deadline. */
public enum Late {
    /** It is acknowledged with {@code success}. */
    SUCCESS,
    /** The attempt is left to lapse, so that WeChat asks again. Not in force in this version. */
    RETRY
}
