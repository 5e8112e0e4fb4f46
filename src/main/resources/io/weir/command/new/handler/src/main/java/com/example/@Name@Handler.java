package com.example;

import io.weir.plugin.BlockingHandler;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Set;

/** Answers a tap on the menu button V1001_@NAME@. Weir creates one instance; several threads use it at once. */
public final class @Name@Handler implements BlockingHandler<Click> {
    @Override
    public PushType<Click> type() {
        return PushType.CLICK;
    }

    @Override
    public Set<String> keys() {
        return Set.of("V1001_@NAME@");
    }

    @Override
    public Reply answer(Click push) {
        return Reply.text("You tapped " + push.eventKey());
    }
}
