package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.FollowEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Welcomes a user who follows the account, by the scene of the QR code that led there, if one did. */
public final class SubscribeHandler extends RuleHandler<FollowEvent.Subscribe> {
    public SubscribeHandler(Replies replies) {
        super(replies, List.of(PushType.SUBSCRIBE));
    }
}
