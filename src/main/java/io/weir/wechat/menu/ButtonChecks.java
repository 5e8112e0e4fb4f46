package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.Findings.Words;
import io.weir.wechat.menu.Level.Kind;
import io.weir.wechat.menu.Violation.Size;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checks of a menu's levels: how many buttons, what hangs below them, their names (menu-api.md §1, §3). */
record ButtonChecks(Kind kind, Findings findings) {
    private static final int MAX_BUTTONS = 3;
    private static final int MAX_SUB_BUTTONS = 5;

    /** @param prefix of the paths: empty, or ending in a dot */
    void check(JsonNode body, String prefix) {
        String path = prefix + "button";
        JsonNode buttons = body.path("button");
        if (!body.isObject()) {
            findings.error(path, 40016, new Words("The menu is not a JSON object.", "菜单不是 JSON 对象。"));
        } else if (buttons.isMissingNode() || buttons.isNull() || (buttons.isArray() && buttons.isEmpty())) {
            findings.error(
                    path,
                    kind.withoutButtonsCode(),
                    new Words("There is no button; 1 to 3 are allowed.", "没有按钮；允许 1 至 3 个。"));
        } else if (!buttons.isArray()) {
            findings.error(path, 40016, new Words("button is not a list.", "button 不是数组。"));
        } else {
            checkAll(buttons, path, Level.FIRST);
        }
    }

    private void checkAll(JsonNode buttons, String path, Level level) {
        int allowed = level == Level.FIRST ? MAX_BUTTONS : MAX_SUB_BUTTONS;
        if (buttons.size() > allowed) {
            findings.tooManyButtons(path, buttons.size(), allowed, level == Level.FIRST ? 40016 : 40023);
        }
        for (int each = 0; each < buttons.size(); each++) {
            checkOne(buttons.get(each), path + "[" + each + "]", level);
        }
    }

    private void checkOne(JsonNode button, String path, Level level) {
        if (!button.isObject()) {
            findings.misshapen(path, button.toString(), new Words("an object", "对象"));
            return;
        }
        TextFields fields = new TextFields(button, path, findings);
        fields.text("name").ifPresent(name -> checkName(fields.pathOf("name"), name, level));
        JsonNode children = button.path("sub_button");
        if (!children.isMissingNode() && !children.isArray()) {
            Words message = new Words(
                    "sub_button is " + children + "; it should be a list.", "sub_button 为 " + children + "，应为数组。");
            findings.error(fields.pathOf("sub_button"), 41007, message);
        } else if (children.isEmpty()) {
            new LeafChecks(kind, level, fields).check();
        } else {
            checkSubMenu(children, fields, level);
        }
    }

    private void checkSubMenu(JsonNode children, TextFields fields, Level level) {
        String path = fields.pathOf("sub_button");
        if (level == Level.SECOND) {
            findings.error(path, 40022, new Words("This would be a third level; a menu has two.", "出现了第三级菜单；菜单最多两级。"));
            return;
        }
        fields.text("type").filter(type -> !type.isEmpty()).ifPresent(type -> {
            Words message = new Words(
                    "The button has a type and a sub_button; only one of them is allowed.",
                    "按钮同时有 type 和 sub_button；两者只能有一个。");
            findings.error(fields.pathOf("type"), 40017, message);
        });
        checkAll(children, path, Level.SECOND);
    }

    private void checkName(String path, String name, Level level) {
        if (findings.checkBytes(path, "name", name, level.maxNameBytes, level.nameCode)) {
            warnOfHiddenCharacters(path, name, level);
        }
    }

    /** WeChat takes such names but does not show them in full (menu-api.md §3). */
    private void warnOfHiddenCharacters(String path, String name, Level level) {
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

    /**
     * How wide a name is on the screen, in half-width characters: a Chinese character or an emoji is two, a Latin letter or digit
     * one. What makes one sign on the screen counts once, however many characters it is: an emoji joined of several, a letter
     * with its accents. WeChat counts in Chinese characters only and does not tell how it counts others.
     */
    static final class DisplayWidth {
        private static final Pattern SIGN = Pattern.compile("\\X");
        /** Emoji, and what Unicode's East Asian width calls wide; also the dash, dots and quotes of Chinese. */
        private static final Pattern WIDE = Pattern.compile(
                "[\\x{1100}-\\x{115F}\\x{2014}\\x{2018}-\\x{201D}\\x{2026}\\x{2600}-\\x{27BF}\\x{2E80}-\\x{A4CF}\\x{A960}-\\x{A97F}"
                        + "\\x{AC00}-\\x{D7A3}\\x{F900}-\\x{FAFF}\\x{FE30}-\\x{FE4F}\\x{FF00}-\\x{FF60}\\x{FFE0}-\\x{FFE6}"
                        + "\\x{1F000}-\\x{1FAFF}\\x{20000}-\\x{3FFFD}].*|.\\x{FE0F}.*",
                Pattern.DOTALL);

        private DisplayWidth() {}

        static int halfWidths(String name) {
            return SIGN.matcher(name)
                    .results()
                    .mapToInt(sign -> WIDE.matcher(sign.group()).matches() ? 2 : 1)
                    .sum();
        }

        /** Chinese characters, as in "4.5". */
        static String inChineseCharacters(int halfWidths) {
            return halfWidths % 2 == 0
                    ? Integer.toString(halfWidths / 2)
                    : String.format(Locale.ROOT, "%.1f", halfWidths / 2.0);
        }
    }
}
