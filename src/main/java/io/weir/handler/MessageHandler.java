package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers ordinary messages: texts by keyword, the others with the answer of their kind. */
public final class MessageHandler extends RuleHandler<Message> {
    public MessageHandler(Replies replies) {
        super(
                replies,
                List.of(
                        PushType.TEXT,
                        PushType.IMAGE,
                        PushType.VOICE,
                        PushType.VIDEO,
                        PushType.SHORTVIDEO,
                        PushType.LOCATION,
                        PushType.LINK));
    }
}
