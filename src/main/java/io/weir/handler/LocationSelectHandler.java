package io.weir.handler;

import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Answers the place that a user chose with a {@code location_select} button, by the button's key. */
public final class LocationSelectHandler extends RuleHandler<MenuEvent.LocationSelect> {
    public LocationSelectHandler(Replies replies) {
        super(replies, List.of(PushType.LOCATION_SELECT));
    }
}
