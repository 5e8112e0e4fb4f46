package io.weir.menu.diff;

import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import java.util.List;

/**
 * The menus that an account is to have.
 *
 * @param standard the default menu
 * @param conditional the personalised ones in the order of the file, which is that of publishing: the last wins
 * @param missing what only WeChat can tell and has a stand-in so far, in words: with any of it the menus can be planned, but
 *     are never published
 */
public record WantedMenus(Menu standard, List<Named> conditional, List<String> missing) {
    public WantedMenus {
        conditional = List.copyOf(conditional);
        missing = List.copyOf(missing);
    }

    /** Menus without stand-ins. */
    public WantedMenus(Menu standard, List<Named> conditional) {
        this(standard, conditional, List.of());
    }

    /**
     * A personalised menu.
     *
     * @param name what the file calls it; WeChat does not know names
     */
    public record Named(String name, ConditionalMenu menu) {}
}
