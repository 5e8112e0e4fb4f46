package io.weir.handler;

import io.weir.dispatch.SilentHandler;
import io.weir.wechat.message.LocationReport;
import io.weir.wechat.message.PushType;
import java.util.List;

/** Takes note of a position that a client reports by itself; nobody asked a question. */
public final class LocationHandler extends SilentHandler<LocationReport> {
    public LocationHandler() {
        super(List.of(PushType.LOCATION_REPORT));
    }
}
