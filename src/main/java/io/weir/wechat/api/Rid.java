package io.weir.wechat.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a request in WeChat's own logs, which {@code openapi/rid/get} explains for 7 days (token-and-server-api.md §0). */
public final class Rid {
    private static final Pattern IN_ERRMSG =
            Pattern.compile("rid: ([0-9A-Fa-f]{1,16}-[0-9A-Fa-f]{1,16}-[0-9A-Fa-f]{1,16})(?![0-9A-Fa-f-])");

    private Rid() {}

    /** Takes it out of an errmsg, where it stands as three groups of hex digits after {@code rid: }. */
    public static Optional<String> in(String errmsg) {
        Matcher matcher = IN_ERRMSG.matcher(errmsg);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
