package io.weir.menu;

import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.Menu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the buttons that an error code of WeChat's can mean (menu-api.md §9): those that have what the code is about. WeChat
 * itself names none.
 */
final class Suspects {
    private static final Predicate<Button> MATERIAL = Button.OfMaterial.class::isInstance;
    private static final Predicate<Button> ARTICLE = Button.OfArticle.class::isInstance;
    private static final Predicate<Button> MINI_PROGRAM = Button.Miniprogram.class::isInstance;
    private static final Predicate<Button> KEY = Button.Keyed.class::isInstance;

    private static final Map<Integer, Predicate<Button>> BY_CODE = Map.ofEntries(
            Map.entry(40007, MATERIAL),
            Map.entry(40118, MATERIAL),
            Map.entry(40121, MATERIAL),
            Map.entry(53600, ARTICLE),
            Map.entry(45064, MINI_PROGRAM),
            Map.entry(40165, MINI_PROGRAM),
            Map.entry(40166, MINI_PROGRAM),
            Map.entry(40018, Button.class::isInstance),
            Map.entry(40025, Button.class::isInstance),
            Map.entry(40019, KEY),
            Map.entry(40026, KEY),
            Map.entry(40020, Suspects::hasUrl),
            Map.entry(40027, Suspects::hasUrl),
            Map.entry(40054, Suspects::hasUrl),
            Map.entry(40055, Suspects::hasUrl),
            Map.entry(40155, Suspects::hasUrl),
            Map.entry(65317, Suspects::hasUrl),
            Map.entry(40017, Suspects::needsPermission),
            Map.entry(40024, Suspects::needsPermission),
            Map.entry(40119, Suspects::needsPermission),
            Map.entry(40120, Suspects::needsPermission),
            Map.entry(45048, Suspects::needsPermission));

    private Suspects() {}

    private static boolean hasUrl(Button button) {
        return button.toJson().has("url");
    }

    /** Not every account may have these types. */
    private static boolean needsPermission(Button button) {
        return button instanceof Button.ViewLimited
                || button instanceof Button.OfArticle
                || button instanceof Button.Miniprogram
                || button instanceof Button.Other;
    }

    /** Paths with names, as in {@code button[1].sub_button[0] "Home"}; none where the code says nothing of buttons. */
    static List<String> of(int code, Menu menu) {
        List<String> found = new ArrayList<>();
        collect(BY_CODE.getOrDefault(code, button -> false), menu.buttons(), "button", found);
        return found;
    }

    private static void collect(Predicate<Button> suspect, List<Button> buttons, String list, List<String> found) {
        for (int place = 0; place < buttons.size(); place++) {
            Button button = buttons.get(place);
            String path = list + "[" + place + "]";
            if (button instanceof Button.SubMenu menu) {
                collect(suspect, menu.buttons(), path + ".sub_button", found);
            } else if (suspect.test(button)) {
                found.add(path + " \"" + button.name() + "\"");
            }
        }
    }
}
