package io.weir.wechat.message;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that WeChat told an account: an ordinary message, an event, or something that Weir has no record for.
 *
 * <p>Immutable; crosses the event bus as it is. Every accessor without parameters that gives a text, a number or a time
 * is also a placeholder of {@code replies.yaml}, under the accessor's name.
 */
public sealed interface Push permits Message, Event, Unknown {

    /** What all pushes carry. */
    Head head();

    /** Which kind this is; {@link PushType#UNKNOWN} for a kind without a record. */
    default PushType<?> type() {
        return PushType.of(this);
    }

    /** Name of the account in the configuration, the last part of the URL that the push came to. */
    default String account() {
        return head().account();
    }

    /** {@code ToUserName}: original id of the account, {@code gh_…}. */
    default String toUserName() {
        return head().toUserName();
    }

    /** {@code FromUserName}: openid of the user; a system account for system events. */
    default String fromUserName() {
        return head().fromUserName();
    }

    /** The user concerned: {@code FromUserName}, unless the kind names the user elsewhere. */
    default String openId() {
        return head().fromUserName();
    }

    /** {@code CreateTime}, to the second. */
    default Instant createTime() {
        return head().createTime();
    }

    /**
     * What an answer is looked up by: EventKey of a menu event, scene of a QR code, content of a text. Empty for kinds
     * that have one answer only.
     */
    default Optional<String> answerKey() {
        return Optional.empty();
    }
}
