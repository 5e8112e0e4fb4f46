package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a tap on a {@code miniprogram} button: the client opens it, a reply is never shown. */
public final class ViewMiniprogramHandler extends RuleHandler<MenuEvent.ViewMiniprogram> {
    public ViewMiniprogramHandler(Replies replies) {
        super(replies, List.of(PushType.VIEW_MINIPROGRAM));
    }
}
