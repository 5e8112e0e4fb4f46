package io.weir.menu.diff;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much of each kind of change a plan has, buttons and personalised menus. */
final class Counts {
    private Counts() {}

    static Map<Change, Long> of(MenuPlan plan) {
        Stream<Change> buttons = Stream.concat(
                        plan.standard().stream(),
                        plan.conditional().stream()
                                .filter(menu -> menu.change() == Change.CHANGED)
                                .flatMap(menu -> menu.buttons().stream()))
                .flatMap(ButtonChange::all)
                .map(ButtonChange::change);
        return Stream.concat(buttons, plan.conditional().stream().map(ConditionalChange::change))
                .filter(change -> change != Change.KEPT)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    static String word(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
