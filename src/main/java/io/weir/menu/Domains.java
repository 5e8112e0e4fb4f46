package io.weir.menu;

import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts the domains that all personalised menus together link to; WeChat allows three (menu-api.md §6). */
final class Domains {
    private static final int MOST = 3;

    private Domains() {}

    /** Whether both cannot be there at the same time. */
    static boolean areTooMany(List<ConditionalMenu> live, List<WantedMenus.Named> added) {
        Stream<Menu> menus = Stream.concat(
                live.stream().map(ConditionalMenu::menu),
                added.stream().map(named -> named.menu().menu()));
        return menus.flatMap(Menu::leaves)
                        .flatMap(button -> url(button).stream())
                        .flatMap(url -> host(url).stream())
                        .distinct()
                        .count()
                > MOST;
    }

    private static Optional<String> url(Button button) {
        return Optional.of(button.toJson().path("url").asText()).filter(url -> !url.isEmpty());
    }

    private static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).map(host -> host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
