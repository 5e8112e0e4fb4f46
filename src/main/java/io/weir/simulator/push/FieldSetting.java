package io.weir.simulator.push;

import java.util.List;
import java.util.regex.Pattern;

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
            throw new PushOrderException("--field: expected Name=value or Outer.Inner=value, found '" + setting + "'");
        }
        return new FieldSetting(List.of(setting.substring(0, equals).split("\\.", -1)), setting.substring(equals + 1));
    }
}
