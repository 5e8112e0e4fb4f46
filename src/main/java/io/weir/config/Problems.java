package io.weir.config;

import io.weir.config.Problem.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The collector that is handed around while configuration is read, so that all problems are reported together.
 *
 * <p>One collector serves several files. The same problem added twice counts once. Not for use by several threads.
 */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.place().file())
            .thenComparing(problem -> problem.place().line());

    private final Set<Problem> all = new LinkedHashSet<>();
    /** Every path with an error at or below it, so that asking does not grow with the number of problems. */
    private final Set<List<String>> errorPaths = new HashSet<>();

    public void add(Problem problem) {
        if (all.add(problem) && problem.severity() == Severity.ERROR) {
            markPaths(problem.place());
        }
    }

    /** Sorted by file and line. */
    public List<Problem> all() {
        return sorted(all);
    }

    public List<Problem> errors() {
        return withSeverity(Severity.ERROR);
    }

    public List<Problem> warnings() {
        return withSeverity(Severity.WARNING);
    }

    /** Throws one exception that carries all errors, if there are any. */
    public void throwIfErrors() {
        List<Problem> errors = errors();
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    boolean hasErrorsWithin(Place place) {
        return errorPaths.contains(List.of(place.file(), place.path()));
    }

    private void markPaths(Place place) {
        String path = place.path();
        errorPaths.add(List.of(place.file(), ""));
        errorPaths.add(List.of(place.file(), path));
        for (int end = 1; end < path.length(); end++) {
            if (path.charAt(end) == '.' || path.charAt(end) == '[') {
                errorPaths.add(List.of(place.file(), path.substring(0, end)));
            }
        }
    }

    private List<Problem> withSeverity(Severity severity) {
        return sorted(all.stream().filter(each -> each.severity() == severity).toList());
    }

    private static List<Problem> sorted(Collection<Problem> problems) {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
