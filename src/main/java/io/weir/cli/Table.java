package io.weir.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines whose columns stand below each other; the last column is as wide as it is. Made harmless for a terminal. */
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a line; all have the same number of columns. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = Terminal.harmless(row.get(column));
            line.append(cell)
                    .append(" ".repeat(width(column) - Terminal.columns(cell)))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> Terminal.columns(Terminal.harmless(row.get(column))))
                .max()
                .orElse(0);
    }
}
