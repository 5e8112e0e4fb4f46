package io.weir.wechat.menu;

import java.util.List;
import java.util.Optional;

/**
 * The menu in force, whoever made it, as get_current_selfmenu_info tells (menu-api.md §7). Not the personalised ones.
 *
 * @param isOpen {@code is_menu_open}; the buttons may be there still when it is not
 */
public record SelfMenu(boolean isOpen, List<SelfButton> buttons) {
    public SelfMenu {
        buttons = List.copyOf(buttons);
    }

    /** The same as menu/create would take it; empty when a button's type can only be made on the website. */
    public Optional<Menu> asMenu() {
        List<Button> converted =
                buttons.stream().flatMap(button -> button.asButton().stream()).toList();
        return converted.size() == buttons.size() ? Optional.of(new Menu(converted)) : Optional.empty();
    }

    /** Without the temporary ids and links, which differ at every call: two of these can be compared. */
    public SelfMenu withoutTemporaryValues() {
        return new SelfMenu(
                isOpen, buttons.stream().map(SelfButton::withoutTemporaryValues).toList());
    }
}
