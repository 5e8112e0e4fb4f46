package io.weir.menu.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells what stayed in its order when a few things were moved: the longest run of growing places. */
final class LongestRun {
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
