package io.weir.handler;

import io.weir.dispatch.SilentHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a tap on a {@code miniprogram} button: the client opens it, a reply is never shown. */
public final class ViewMiniprogramHandler extends SilentHandler<MenuEvent.ViewMiniprogram> {
    public ViewMiniprogramHandler() {
        super(List.of(PushType.VIEW_MINIPROGRAM));
    }
}
