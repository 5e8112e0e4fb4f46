package io.weir.replies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Which lines of a text are others in a second one: removed, added, and three lines round each that stay. */
final class LineDiff {
    private static final int CONTEXT = 3;
    /** With more lines than these between the first difference and the last, all of them count as replaced. */
    private static final int MOST_LINES = 1500;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private LineDiff(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /**
     * A line.
     *
     * @param sign minus, plus, or blank where it stays
     * @param number in the text that has it, from 1; in the second where both do
     */
    private record Line(char sign, int number, String text) {}

    /** Lines in order; a gap between their numbers is left out. */
    static ArrayNode json(String before, String after) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        new LineDiff(before, after)
                .near()
                .forEach(line -> json.addObject()
                        .put("sign", String.valueOf(line.sign))
                        .put("line", line.number)
                        .put("text", line.text));
        return json;
    }

    private List<Line> near() {
        collect();
        List<Line> near = new ArrayList<>();
        for (int place = 0; place < lines.size(); place++) {
            int from = Math.max(0, place - CONTEXT);
            int to = Math.min(lines.size(), place + CONTEXT + 1);
            if (lines.subList(from, to).stream().anyMatch(line -> line.sign != ' ')) {
                near.add(lines.get(place));
            }
        }
        return near;
    }

    private void collect() {
        int start = 0;
        int most = Math.min(before.size(), after.size());
        while (start < most && before.get(start).equals(after.get(start))) {
            keep(start++);
        }
        int end = 0;
        while (end < most - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        between(start, before.size() - end, after.size() - end);
        for (int left = end; left > 0; left--) {
            keep(after.size() - left);
        }
    }

    private void keep(int index) {
        lines.add(new Line(' ', index + 1, after.get(index)));
    }

    /** By the longest common subsequence. */
    private void between(int start, int beforeEnd, int afterEnd) {
        int rows = beforeEnd - start;
        int columns = afterEnd - start;
        boolean all = rows > MOST_LINES || columns > MOST_LINES;
        int[][] common = new int[all ? 1 : rows + 1][all ? 1 : columns + 1];
        for (int row = rows - 1; !all && row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                common[row][column] = same(start + row, start + column)
                        ? common[row + 1][column + 1] + 1
                        : Math.max(common[row + 1][column], common[row][column + 1]);
            }
        }
        int row = 0;
        int column = 0;
        while (row < rows || column < columns) {
            if (!all && row < rows && column < columns && same(start + row, start + column)) {
                keep(start + column++);
                row++;
            } else if (row < rows && (all || column == columns || common[row + 1][column] >= common[row][column + 1])) {
                lines.add(new Line('-', start + row + 1, before.get(start + row++)));
            } else {
                lines.add(new Line('+', start + column + 1, after.get(start + column++)));
            }
        }
    }

    private boolean same(int row, int column) {
        return before.get(row).equals(after.get(column));
    }
}
