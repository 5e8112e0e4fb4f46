package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers what a user scanned with a {@code scancode_push} or {@code scancode_waitmsg} button, by the button's key. */
public final class ScancodeHandler extends RuleHandler<MenuEvent.ScanCode> {
    public ScancodeHandler(Replies replies) {
        super(replies, List.of(PushType.SCANCODE_PUSH, PushType.SCANCODE_WAITMSG));
    }
}
