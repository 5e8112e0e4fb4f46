package io.weir.wechat.menu;

import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import java.util.List;
import java.util.Optional;

/** Decides which menu a user sees: the personalised ones from the newest to the oldest, else the default (menu-api.md §6). */
public final class MenuMatcher {
    private MenuMatcher() {}

    /**
     * What is known of a user.
     *
     * @param tags ids in the order of tagging: the last decides
     * @param platform empty when unknown: rules with a platform do not match then
     */
    public record Viewer(List<String> tags, Optional<ClientPlatform> platform) {
        public Viewer {
            tags = List.copyOf(tags);
        }
    }

    /**
     * What a user sees.
     *
     * @param personalised empty for the default menu
     */
    public record Match(Menu menu, Optional<ConditionalMenu> personalised) {}

    /** Empty when there is no default menu: then there are no others. */
    public static Optional<Match> match(LiveMenus live, Viewer viewer) {
        return live.menu()
                .map(standard -> personalised(live.conditional(), viewer)
                        .map(found -> new Match(found.menu(), Optional.of(found)))
                        .orElseGet(() -> new Match(standard, Optional.empty())));
    }

    private static Optional<ConditionalMenu> personalised(List<ConditionalMenu> oldestFirst, Viewer viewer) {
        return oldestFirst.stream()
                .filter(menu -> matches(menu.matchRule(), viewer))
                .reduce((older, newer) -> newer);
    }

    /** A rule without any field, or with a withdrawn one, matches nobody. */
    static boolean matches(MatchRule rule, Viewer viewer) {
        return !rule.isEmpty()
                && !rule.isDead()
                && rule.tagId().map(lastOf(viewer.tags())::equals).orElse(true)
                && rule.clientPlatformType()
                        .map(code -> viewer.platform()
                                .map(ClientPlatform::code)
                                .filter(code::equals)
                                .isPresent())
                        .orElse(true);
    }

    private static String lastOf(List<String> tags) {
        return tags.isEmpty() ? "" : tags.get(tags.size() - 1);
    }
}
