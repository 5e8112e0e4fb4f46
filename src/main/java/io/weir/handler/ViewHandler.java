package io.weir.handler;

import io.weir.dispatch.SilentHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a tap on a {@code view} button: the client opens the page, a reply is never shown. */
public final class ViewHandler extends SilentHandler<MenuEvent.View> {
    public ViewHandler() {
        super(List.of(PushType.VIEW));
    }
}
