package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers a tap on a {@code click} button by its key. */
public final class ClickHandler extends RuleHandler<MenuEvent.Click> {
    public ClickHandler(Replies replies) {
        super(replies, List.of(PushType.CLICK));
    }
}
