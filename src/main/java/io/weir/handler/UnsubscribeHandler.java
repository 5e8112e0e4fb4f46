package io.weir.handler;

import io.weir.dispatch.SilentHandler;
import io.weir.wechat.message.FollowEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note that a user no longer follows the account: there is nobody left to answer. */
public final class UnsubscribeHandler extends SilentHandler<FollowEvent.Unsubscribe> {
    public UnsubscribeHandler() {
        super(List.of(PushType.UNSUBSCRIBE));
    }
}
