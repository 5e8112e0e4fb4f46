package io.weir.wechat.menu;

import java.util.List;
import java.util.stream.Stream;

/**
 * A menu: what menu/create takes and menu/get returns (menu-api.md §1). It may be one that WeChat would refuse: that is for
 * {@link MenuValidator} to say.
 *
 * @param buttons the first level, left to right
 */
public record Menu(List<Button> buttons) {
    public Menu {
        buttons = List.copyOf(buttons);
    }

    /** Every button that does something, of both levels, in the order of the screen. */
    public Stream<Button> leaves() {
        return buttons.stream().flatMap(Button::leaves);
    }
}
