package io.weir.faults;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How much was logged. */
record LogRate(List<String> lines) {
    private static final int SECOND = "2026-11-20T11:28:31".length();

    /** The most lines of all instances within one second of the clock. A line without a time, as of a stack trace, counts for itself. */
    long most() {
        Map<String, Long> seconds = lines.stream()
                .filter(line -> !line.contains(" gateway ready ")
                        && !line.contains(" custom handler ")
                        && !line.contains(" custom handler loaded "))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, Math.min(SECOND, line.length())), Collectors.counting()));
        return seconds.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** How many lines have all of these words. */
    long with(String... words) {
        return lines.stream()
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .count();
    }
}
