package io.weir.menu.diff;

import io.weir.menu.diff.MenuPlan.ButtonChange;
import io.weir.menu.diff.MenuPlan.Change;
import io.weir.menu.diff.MenuPlan.FieldChange;
import io.weir.wechat.menu.Button;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what becomes of the buttons of one level. Buttons have no ids: two are the same button when they are equal, else
 * when they have the same name, else when they do the same, else when they stand at the same place.
 */
final class ButtonDiff {
    private static final int NONE = -1;

    private final List<Button> before;
    private final List<Button> after;
    /** For each button afterwards, where it was. */
    private final int[] origins;

    private ButtonDiff(List<Button> before, List<Button> after) {
        this.before = before;
        this.after = after;
        this.origins = new int[after.size()];
        Arrays.fill(origins, NONE);
    }

    static List<ButtonChange> between(List<Button> before, List<Button> after) {
        ButtonDiff diff = new ButtonDiff(before, after);
        diff.pairInPlace(Button::equals);
        diff.pair(Button::equals);
        diff.pair((old, fresh) -> old.name().equals(fresh.name()));
        diff.pair(ButtonDiff::doTheSame);
        diff.pairInPlace((old, fresh) -> old.type().equals(fresh.type()));
        return diff.changes();
    }

    private static boolean doTheSame(Button old, Button fresh) {
        return !old.type().isEmpty()
                && FieldChange.between(old.toJson(), fresh.toJson()).stream()
                        .allMatch(field -> field.name().equals("name"));
    }

    private void pairInPlace(BiPredicate<Button, Button> same) {
        pair(same, Integer::equals);
    }

    private void pair(BiPredicate<Button, Button> same) {
        pair(same, (from, to) -> true);
    }

    private void pair(BiPredicate<Button, Button> same, BiPredicate<Integer, Integer> places) {
        for (int to = 0; to < after.size(); to++) {
            int place = to;
            if (origins[to] == NONE) {
                origins[to] = IntStream.range(0, before.size())
                        .filter(from -> places.test(from, place) && isFree(from))
                        .filter(from -> same.test(before.get(from), after.get(place)))
                        .findFirst()
                        .orElse(NONE);
            }
        }
    }

    private boolean isFree(int from) {
        return IntStream.of(origins).noneMatch(origin -> origin == from);
    }

    /** In the order of the screen afterwards; what is removed stands where it was. */
    private List<ButtonChange> changes() {
        Set<Integer> inOrder = LongestRun.of(
                IntStream.of(origins).filter(origin -> origin != NONE).boxed().toList());
        List<ButtonChange> changes = new ArrayList<>(IntStream.range(0, after.size())
                .mapToObj(to -> change(to, origins[to], inOrder))
                .toList());
        removed().forEach(gone -> changes.add(Math.min(gone.from(), changes.size()), gone));
        return changes;
    }

    private ButtonChange change(int to, int from, Set<Integer> inOrder) {
        Button fresh = after.get(to);
        if (from == NONE) {
            return new ButtonChange(Change.ADDED, fresh, NONE, to, List.of(), between(List.of(), children(fresh)));
        }
        Button old = before.get(from);
        List<FieldChange> fields = FieldChange.between(old.toJson(), fresh.toJson());
        Change change = !inOrder.contains(from) ? Change.MOVED : fields.isEmpty() ? Change.KEPT : Change.CHANGED;
        return new ButtonChange(change, fresh, from, to, fields, between(children(old), children(fresh)));
    }

    private Stream<ButtonChange> removed() {
        return IntStream.range(0, before.size())
                .filter(this::isFree)
                .mapToObj(from -> new ButtonChange(
                        Change.REMOVED,
                        before.get(from),
                        from,
                        NONE,
                        List.of(),
                        between(children(before.get(from)), List.of())))
                .sorted(Comparator.comparingInt(ButtonChange::from));
    }

    private static List<Button> children(Button button) {
        return button instanceof Button.SubMenu menu ? menu.buttons() : List.of();
    }

    /** Tells what stayed in its order when a few things were moved: the longest run of growing places. */
    static final class LongestRun {
        private LongestRun() {}

        /** @param places without repeats; a handful */
        static Set<Integer> of(List<Integer> places) {
            List<List<Integer>> endingAt = new ArrayList<>();
            for (int place : places) {
                List<Integer> run = new ArrayList<>(endingAt.stream()
                        .filter(earlier -> earlier.get(earlier.size() - 1) < place)
                        .max(Comparator.comparingInt(List::size))
                        .orElse(List.of()));
                run.add(place);
                endingAt.add(run);
            }
            return endingAt.stream()
                    .max(Comparator.comparingInt(List::size))
                    .<Set<Integer>>map(HashSet::new)
                    .orElse(Set.of());
        }
    }
}
