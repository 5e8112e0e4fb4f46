package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.FollowEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note that a user no longer follows the account: there is nobody left to answer. */
public final class UnsubscribeHandler extends RuleHandler<FollowEvent.Unsubscribe> {
    public UnsubscribeHandler(Replies replies) {
        super(replies, List.of(PushType.UNSUBSCRIBE));
    }
}
