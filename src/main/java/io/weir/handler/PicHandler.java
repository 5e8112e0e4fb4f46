package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers that a user sends pictures with one of the three {@code pic_*} buttons, by the button's key. */
public final class PicHandler extends RuleHandler<MenuEvent.Pictures> {
    public PicHandler(Replies replies) {
        super(replies, List.of(PushType.PIC_SYSPHOTO, PushType.PIC_PHOTO_OR_ALBUM, PushType.PIC_WEIXIN));
    }
}
