package io.weir.dispatch;

/** What happens to a push that is not answered by its deadline. */
public enum Late {
    /** It is acknowledged with {@code success}. */
    SUCCESS,
    /**
     * The attempt is left unanswered, so that WeChat asks again and the handler has up to about 15 seconds; the last is
     * acknowledged. WeChat counts such attempts as failures of the account, so there are but a few in five minutes.
     */
    RETRY
}
