package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a tap on a {@code view} button: the client opens the page, a reply is never shown. */
public final class ViewHandler extends RuleHandler<MenuEvent.View> {
    public ViewHandler(Replies replies) {
        super(replies, List.of(PushType.VIEW));
    }
}
