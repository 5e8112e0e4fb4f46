package io.weir.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a program said what a page shows: each line of the page, in its order, other lines between them allowed. Numbers, times, sizes
 * and ids count as equal; {@code …} stands for anything, as a line for any number of lines.
 */
final class ShownOutput {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");
    private static final Pattern ID =
            Pattern.compile("(?=[\\w/+=-]*\\d)[\\w/+=-]{14,}|\\b(?=[0-9a-f]*\\d)[0-9a-f]{6,}\\b");
    private static final Pattern AMOUNT = Pattern.compile("\\d[\\d,.]*( ?(ms|s|min|h|kB|MB|MiB|KiB|µs))?\\b");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private ShownOutput() {}

    /** The first line of the page that is not there. */
    static Optional<String> missing(List<String> shown, String said) {
        List<String> lines =
                new ArrayList<>(said.lines().map(ShownOutput::evened).toList());
        for (String each : shown) {
            if (each.isBlank() || each.strip().equals("…")) {
                continue;
            }
            Pattern wanted = pattern(each);
            int found = 0;
            while (found < lines.size() && !wanted.matcher(lines.get(found)).matches()) {
                found++;
            }
            if (found == lines.size()) {
                return Optional.of(each);
            }
            lines.subList(0, found + 1).clear();
        }
        return Optional.empty();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Pattern.compile("…")
                .splitAsStream(line.endsWith("…") ? line + " " : line)
                .map(ShownOutput::evened)
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    private static String evened(String line) {
        String even = TIME.matcher(line).replaceAll("#");
        even = ID.matcher(even).replaceAll("#");
        even = AMOUNT.matcher(even).replaceAll("#");
        return BLANKS.matcher(even).replaceAll(" ").strip();
    }
}
