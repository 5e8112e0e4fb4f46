package io.weir.simulator.push;

import java.util.List;
import java.util.Optional;

/**
 * The push that somebody wants to be sent.
 *
 * @param type wire name of a message or event, or {@code event:NAME}
 * @param key its EventKey; for subscribe the scene
 * @param fields set last, in this order: they win over everything else
 * @param user the sender's openid
 */
public record PushOrder(String type, Optional<String> key, List<FieldSetting> fields, Optional<String> user) {
    public PushOrder {
        fields = List.copyOf(fields);
    }

    /** Just that type, with the template's values. */
    public static PushOrder of(String type) {
        return new PushOrder(type, Optional.empty(), List.of(), Optional.empty());
    }

    /** The same with an EventKey. */
    public PushOrder withKey(String eventKey) {
        return new PushOrder(type, Optional.of(eventKey), fields, user);
    }

    /** The same from a user. */
    public PushOrder from(String openId) {
        return new PushOrder(type, key, fields, Optional.of(openId));
    }
}
