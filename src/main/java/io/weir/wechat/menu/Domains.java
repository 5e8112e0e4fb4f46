package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts the domains that all personalised menus of an account link to (menu-api.md §6). */
public final class Domains {
    private static final int MAX_DOMAINS = 3;

    private Domains() {}

    /** Whether WeChat would refuse (65316) that these are there at the same time. */
    public static boolean areTooMany(Stream<ConditionalMenu> menus) {
        return menus.map(MenuJson::write).flatMap(Domains::of).distinct().count() > MAX_DOMAINS;
    }

    /** @param path where the error is shown */
    static void check(Stream<? extends JsonNode> bodies, String path, Findings findings) {
        List<String> domains = bodies.flatMap(Domains::of).distinct().sorted().toList();
        if (domains.size() > MAX_DOMAINS) {
            findings.tooManyDomains(path, domains, MAX_DOMAINS, 65316);
        }
    }

    /** The hosts of the buttons' urls, those for clients too old for a mini program included. */
    private static Stream<String> of(JsonNode body) {
        return body.path("button").findValues("url").stream()
                .map(JsonNode::textValue)
                .filter(Objects::nonNull)
                .flatMap(url -> WebAddress.host(url).stream());
    }

    /** What a button may open: an address with {@code http://} or {@code https://} and a host. */
    static final class WebAddress {
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
            return authority.matches()
                    ? Optional.of(authority.group("host").toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }
    }
}
