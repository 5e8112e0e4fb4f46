package io.weir.wechat.message;

import java.math.BigDecimal;

/**
 * Event {@code LOCATION}: where the user is, sent by the client when the chat opens or every five seconds while it is
 * open, as the account is set (messages-and-events.md §3). Not to be taken for {@link Message.Location}.
 *
 * @param head what all pushes carry
 * @param latitude {@code Latitude} in degrees, as written
 * @param longitude {@code Longitude} in degrees, as written
 * @param precision {@code Precision}, as written
 */
public record LocationReport(Head head, BigDecimal latitude, BigDecimal longitude, BigDecimal precision)
        implements Event {
    LocationReport(PushFields in) {
        this(in.head(), in.decimal("Latitude"), in.decimal("Longitude"), in.decimal("Precision"));
    }
}
