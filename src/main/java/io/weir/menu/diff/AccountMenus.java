package io.weir.menu.diff;

import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.SelfMenu;
import java.util.Optional;

/**
 * The menus that an account has, whoever made them.
 *
 * @param api what menu/get tells
 * @param website a menu that was made on WeChat's website, which menu/get does not tell; not looked for where there is one
 *     of the API
 */
public record AccountMenus(LiveMenus api, Optional<SelfMenu> website) {
    /** Of the API only. */
    public static AccountMenus of(LiveMenus api) {
        return new AccountMenus(api, Optional.empty());
    }

    public boolean isEmpty() {
        return api.isEmpty() && website.isEmpty();
    }

    /** The same for the same menus, whatever their menuids. */
    public String hash() {
        return MenuHash.of(this);
    }
}
