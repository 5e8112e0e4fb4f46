package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.LocationReport;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a position that a client reports by itself; nobody asked a question. */
public final class LocationHandler extends RuleHandler<LocationReport> {
    public LocationHandler(Replies replies) {
        super(replies, List.of(PushType.LOCATION_REPORT));
    }
}
