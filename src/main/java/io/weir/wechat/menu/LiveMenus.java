package io.weir.wechat.menu;

import java.util.List;
import java.util.Optional;

/**
 * The menus that were made through the API, as menu/get tells (menu-api.md §4).
 *
 * @param menu the default menu
 * @param menuid its id, which WeChat tells only when there are personalised menus
 * @param conditional oldest first: sorted by menuid, since the order of WeChat's answer is not documented
 */
public record LiveMenus(Optional<Menu> menu, Optional<String> menuid, List<ConditionalMenu> conditional) {
    /** What 46003 means. */
    public static final LiveMenus EMPTY = new LiveMenus(Optional.empty(), Optional.empty(), List.of());

    public LiveMenus {
        conditional = List.copyOf(conditional);
    }

    public boolean isEmpty() {
        return menu.isEmpty() && conditional.isEmpty();
    }

    /**
     * A personalised menu.
     *
     * @param menuid digits; empty before it is published
     */
    public record ConditionalMenu(Menu menu, MatchRule matchRule, Optional<String> menuid) {}
}
