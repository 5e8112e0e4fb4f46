package io.weir.menu.publish;

import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.Menu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the buttons that an error code of WeChat's can mean (menu-api.md §9): those that have what the code is about. WeChat
 * itself names none.
 */
final class ErrorCodeHints {
    private static final int MOST = 5;

    private static final Map<Integer, Suspicion> BY_CODE = Map.ofEntries(
            Map.entry(40007, anywhere(Button.OfMaterial.class::isInstance)),
            Map.entry(40118, anywhere(Button.OfMaterial.class::isInstance)),
            Map.entry(40121, anywhere(Button.OfMaterial.class::isInstance)),
            Map.entry(53600, anywhere(Button.OfArticle.class::isInstance)),
            Map.entry(45064, anywhere(Button.Miniprogram.class::isInstance)),
            Map.entry(40165, anywhere(Button.Miniprogram.class::isInstance)),
            Map.entry(40166, anywhere(Button.Miniprogram.class::isInstance)),
            Map.entry(40018, anywhere(Button.class::isInstance)),
            Map.entry(40025, below(Button.class::isInstance)),
            Map.entry(40019, anywhere(Button.Keyed.class::isInstance)),
            Map.entry(40026, below(Button.Keyed.class::isInstance)),
            Map.entry(40020, anywhere(ErrorCodeHints::hasUrl)),
            Map.entry(40027, below(ErrorCodeHints::hasUrl)),
            Map.entry(40055, onTop(ErrorCodeHints::hasUrl)),
            Map.entry(40054, below(ErrorCodeHints::hasUrl)),
            Map.entry(40155, anywhere(ErrorCodeHints::hasUrl)),
            Map.entry(65317, anywhere(ErrorCodeHints::hasUrl)),
            Map.entry(40017, onTop(ErrorCodeHints::needsPermission)),
            Map.entry(40119, onTop(ErrorCodeHints::needsPermission)),
            Map.entry(40024, below(ErrorCodeHints::needsPermission)),
            Map.entry(40120, below(ErrorCodeHints::needsPermission)),
            Map.entry(45048, anywhere(ErrorCodeHints::needsPermission)));

    private ErrorCodeHints() {}

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

    /** Paths with names, as in {@code button[1].sub_button[0] "Home"}; none where that would be a guess. */
    static List<String> of(int code, Menu menu) {
        List<String> found = Optional.ofNullable(BY_CODE.get(code))
                .map(suspicion -> suspicion.among(menu))
                .orElse(List.of());
        return found.size() > MOST ? List.of() : found;
    }

    private static Suspicion anywhere(Predicate<Button> button) {
        return new Suspicion(true, true, button);
    }

    private static Suspicion onTop(Predicate<Button> button) {
        return new Suspicion(true, false, button);
    }

    private static Suspicion below(Predicate<Button> button) {
        return new Suspicion(false, true, button);
    }

    /** Which buttons of which level a code can be about. */
    private record Suspicion(boolean first, boolean second, Predicate<Button> button) {
        private List<String> among(Menu menu) {
            List<String> found = new ArrayList<>();
            for (int place = 0; place < menu.buttons().size(); place++) {
                Button top = menu.buttons().get(place);
                add(first, top, "button[" + place + "]", found);
                if (top instanceof Button.SubMenu sub) {
                    for (int below = 0; below < sub.buttons().size(); below++) {
                        String path = "button[" + place + "].sub_button[" + below + "]";
                        add(second, sub.buttons().get(below), path, found);
                    }
                }
            }
            return found;
        }

        private void add(boolean level, Button suspect, String path, List<String> found) {
            if (level && button.test(suspect)) {
                found.add(path + " \"" + suspect.name() + "\"");
            }
        }
    }
}
