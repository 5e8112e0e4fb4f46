package io.weir.wechat.menu;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a button may open: an address with {@code http://} or {@code https://} and a host. */
final class WebAddress {
    private static final Pattern FORM = Pattern.compile("(?i:https?)://(?<authority>[^/?#\\s]+)[^\\r\\n]*");
    private static final Pattern AUTHORITY = Pattern.compile("(?:[^@]*@)?(?<host>[^@:]+)(?::[0-9]+)?");

    private WebAddress() {}

    /** The host in small letters; empty when it is no such address. */
    static Optional<String> host(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(form.group("authority"));
        return authority.matches() ? Optional.of(authority.group("host").toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
