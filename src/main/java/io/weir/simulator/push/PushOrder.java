package io.weir.simulator.push;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /** The same for the QR code of a scene; of a subscribe the scene is told behind a prefix, whatever it begins with. */
    public PushOrder withScene(String scene) {
        return withKey(scene).withField("EventKey", type.equals("subscribe") ? "qrscene_" + scene : scene);
    }

    /** The same with one element more. */
    public PushOrder withField(String name, String value) {
        List<FieldSetting> more = new ArrayList<>(fields);
        more.add(new FieldSetting(List.of(name), value));
        return new PushOrder(type, key, more, user);
    }

    /** The same from somebody. */
    public PushOrder from(String openid) {
        return new PushOrder(type, key, fields, Optional.of(openid));
    }

    /** A push was ordered that cannot be built: unknown type, a key where there is none. Expected: no stack trace. */
    public static final class PushOrderException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        PushOrderException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * One element of a push set by hand.
     *
     * @param path names from the outside in; one for a top-level element
     */
    public record FieldSetting(List<String> path, String value) {
        private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*");

        public FieldSetting {
            path = List.copyOf(path);
        }

        /**
         * Reads {@code Name=value} or {@code Outer.Inner=value}; the value begins after the first {@code =} and may be empty.
         *
         * @throws PushOrderException when it is not of that form
         */
        public static FieldSetting parse(String setting) {
            int equals = setting.indexOf('=');
            if (equals < 0 || !PATH.matcher(setting.substring(0, equals)).matches()) {
                throw new PushOrderException(
                        "--field: expected Name=value or Outer.Inner=value, found '" + setting + "'");
            }
            return new FieldSetting(
                    List.of(setting.substring(0, equals).split("\\.", -1)), setting.substring(equals + 1));
        }
    }
}
