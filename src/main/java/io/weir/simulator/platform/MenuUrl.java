package io.weir.simulator.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a menu may link to. */
final class MenuUrl {
    static final int MAX_BYTES = 1024;
    private static final Pattern WEB = Pattern.compile(
            "https?://(?:[^/?#@\\s]*@)?([^/?#@:\\s]+)(?::[0-9]+)?(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);

    private MenuUrl() {}

    /** The host in small letters; empty when it is not an address of the web. */
    static Optional<String> domain(String url) {
        Matcher web = WEB.matcher(url);
        return web.matches() ? Optional.of(web.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
