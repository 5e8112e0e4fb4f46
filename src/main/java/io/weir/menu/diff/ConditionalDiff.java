package io.weir.menu.diff;

import io.weir.menu.diff.ButtonDiff.LongestRun;
import io.weir.menu.diff.MenuPlan.Change;
import io.weir.menu.diff.MenuPlan.ConditionalChange;
import io.weir.menu.diff.MenuPlan.FieldChange;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Finds what becomes of the personalised menus. WeChat knows no names: a menu of the file is the live one that is equal,
 * else the one with an equal rule, else the one with equal buttons.
 */
public final class ConditionalDiff {
    private final List<ConditionalMenu> live;
    private final List<WantedMenus.Named> wanted;
    private final Set<Integer> taken = new HashSet<>();
    private final Map<Integer, Integer> origins = new HashMap<>();

    private ConditionalDiff(List<ConditionalMenu> live, List<WantedMenus.Named> wanted) {
        this.live = live;
        this.wanted = wanted;
    }

    /** @param kept how many of the wanted, from the oldest, are not published anew */
    static List<ConditionalChange> between(List<ConditionalMenu> live, List<WantedMenus.Named> wanted, int kept) {
        ConditionalDiff diff = new ConditionalDiff(live, wanted);
        diff.pair(ConditionalDiff::areEqual);
        diff.pair((old, fresh) -> old.matchRule().equals(fresh.matchRule()));
        diff.pair((old, fresh) -> old.menu().equals(fresh.menu()));
        return diff.changes(kept);
    }

    /** Whatever their menuids. */
    public static boolean areEqual(ConditionalMenu one, ConditionalMenu other) {
        return one.matchRule().equals(other.matchRule()) && one.menu().equals(other.menu());
    }

    private void pair(BiPredicate<ConditionalMenu, ConditionalMenu> same) {
        for (int to = 0; to < wanted.size(); to++) {
            for (int from = 0; from < live.size() && !origins.containsKey(to); from++) {
                if (!taken.contains(from)
                        && same.test(live.get(from), wanted.get(to).menu())) {
                    origins.put(to, from);
                    taken.add(from);
                }
            }
        }
    }

    private List<ConditionalChange> changes(int kept) {
        Set<Integer> inOrder = LongestRun.of(origins.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList());
        List<ConditionalChange> changes = new ArrayList<>();
        for (int to = 0; to < wanted.size(); to++) {
            changes.add(change(to, to < kept, inOrder));
        }
        return Stream.concat(changes.stream(), removed()).toList();
    }

    private ConditionalChange change(int to, boolean stays, Set<Integer> inOrder) {
        WantedMenus.Named fresh = wanted.get(to);
        Optional<Integer> from = Optional.ofNullable(origins.get(to));
        if (from.isEmpty()) {
            return added(fresh);
        }
        ConditionalMenu old = live.get(from.get());
        boolean equal = areEqual(old, fresh.menu());
        Change same = stays ? Change.KEPT : inOrder.contains(from.get()) ? Change.REPUBLISHED : Change.MOVED;
        return new ConditionalChange(
                equal ? same : Change.CHANGED,
                fresh.name(),
                old.menuid(),
                fresh.menu().matchRule(),
                FieldChange.between(
                        MenuJson.write(old.matchRule()),
                        MenuJson.write(fresh.menu().matchRule())),
                ButtonDiff.between(old.menu().buttons(), fresh.menu().menu().buttons()));
    }

    private static ConditionalChange added(WantedMenus.Named fresh) {
        return new ConditionalChange(
                Change.ADDED,
                fresh.name(),
                Optional.empty(),
                fresh.menu().matchRule(),
                List.of(),
                ButtonDiff.between(List.of(), fresh.menu().menu().buttons()));
    }

    private Stream<ConditionalChange> removed() {
        return Stream.iterate(0, each -> each < live.size(), each -> each + 1)
                .filter(each -> !taken.contains(each))
                .sorted(Comparator.naturalOrder())
                .map(live::get)
                .map(gone -> new ConditionalChange(
                        Change.REMOVED,
                        "",
                        gone.menuid(),
                        gone.matchRule(),
                        List.of(),
                        ButtonDiff.between(gone.menu().buttons(), List.of())));
    }
}
