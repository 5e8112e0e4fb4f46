package io.weir.wechat.menu;

import io.weir.wechat.menu.Violation.Size;
import java.util.Optional;

/** Warns of names that WeChat takes but does not show in full (menu-api.md §3). */
final class ShownName {
    private ShownName() {}

    static void check(String path, String name, Level level, Findings findings) {
        int width = DisplayWidth.halfWidths(name);
        int shown = level.shownCharacters * 2;
        if (width > shown) {
            String found = DisplayWidth.inChineseCharacters(width);
            findings.warning(
                    path,
                    Optional.of(new Size(width, shown, "half-width characters")),
                    new Words(
                            "name is as wide as " + found + " Chinese characters; " + level.shownCharacters
                                    + " are shown, the rest as \"…\".",
                            "name 宽度相当于 " + found + " 个汉字；只显示 " + level.shownCharacters + " 个，其余显示为“…”。"),
                    new Words("Shorten it.", "请缩短名称。"));
        }
    }
}
