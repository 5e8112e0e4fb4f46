package io.weir.wechat.message;

import java.time.Instant;

/** News of the account's verification by WeChat (messages-and-events.md §7). FromUserName is a system account. */
public sealed interface VerifyEvent extends Event {

    /**
     * The qualification has been verified.
     *
     * @param head what all pushes carry
     * @param expiredTime {@code ExpiredTime}: valid until, to the second
     */
    record QualificationVerifySuccess(Head head, Instant expiredTime) implements VerifyEvent {
        QualificationVerifySuccess(PushFields in) {
            this(in.head(), in.time("ExpiredTime"));
        }
    }

    /**
     * The qualification has not been verified.
     *
     * @param head what all pushes carry
     * @param failTime {@code FailTime}: when, to the second
     * @param failReason {@code FailReason}
     */
    record QualificationVerifyFail(Head head, Instant failTime, String failReason) implements VerifyEvent {
        QualificationVerifyFail(PushFields in) {
            this(in.head(), in.time("FailTime"), in.text("FailReason"));
        }
    }

    /**
     * The name has been verified.
     *
     * @param head what all pushes carry
     * @param expiredTime {@code ExpiredTime}: valid until, to the second
     */
    record NamingVerifySuccess(Head head, Instant expiredTime) implements VerifyEvent {
        NamingVerifySuccess(PushFields in) {
            this(in.head(), in.time("ExpiredTime"));
        }
    }

    /**
     * The name has not been verified; the qualification may stand nevertheless.
     *
     * @param head what all pushes carry
     * @param failTime {@code FailTime}: when, to the second
     * @param failReason {@code FailReason}
     */
    record NamingVerifyFail(Head head, Instant failTime, String failReason) implements VerifyEvent {
        NamingVerifyFail(PushFields in) {
            this(in.head(), in.time("FailTime"), in.text("FailReason"));
        }
    }

    /**
     * The annual review is due.
     *
     * @param head what all pushes carry
     * @param expiredTime {@code ExpiredTime}: due until, to the second
     */
    record AnnualRenew(Head head, Instant expiredTime) implements VerifyEvent {
        AnnualRenew(PushFields in) {
            this(in.head(), in.time("ExpiredTime"));
        }
    }

    /**
     * The verification has lapsed.
     *
     * @param head what all pushes carry
     * @param expiredTime {@code ExpiredTime}: since, to the second
     */
    record VerifyExpired(Head head, Instant expiredTime) implements VerifyEvent {
        VerifyExpired(PushFields in) {
            this(in.head(), in.time("ExpiredTime"));
        }
    }
}
