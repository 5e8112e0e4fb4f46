package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.FollowEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers a follower's scan of a QR code of the account, by its scene. */
public final class ScanHandler extends RuleHandler<FollowEvent.Scan> {
    public ScanHandler(Replies replies) {
        super(replies, List.of(PushType.SCAN));
    }
}
