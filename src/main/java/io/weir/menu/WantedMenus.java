package io.weir.menu;

import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import java.util.List;

/**
 * The menus that an account is to have.
 *
 * @param standard the default menu
 * @param conditional the personalised ones in the order of the file, which is that of publishing: the last wins
 */
public record WantedMenus(Menu standard, List<Named> conditional) {
    public WantedMenus {
        conditional = List.copyOf(conditional);
    }

    /**
     * A personalised menu.
     *
     * @param name what the file calls it; WeChat does not know names
     */
    public record Named(String name, ConditionalMenu menu) {}
}
