package io.weir.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.faults.fleet.Weir;
import io.weir.faults.push.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The table, for people and for programs. */
final class Report {
    private static final List<String> HEAD = List.of(
            "fault",
            "pushes",
            "late",
            "failed",
            "lost",
            "duplicate",
            "marked",
            "divergent",
            "p50",
            "p99",
            "max",
            "log/s",
            "heal",
            "kept",
            "promise");

    private final ObjectMapper json = new ObjectMapper();
    private final Terminal terminal;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Scenario scenario, Verdict verdict) {
        boolean isKept() {
            return verdict.isKept();
        }

        List<String> faults() {
            return Stream.concat(verdict.broken().stream(), verdict.slow().stream())
                    .toList();
        }
    }

    Report(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Adds a row, and tells at once how it went. */
    void add(Scenario scenario, Verdict verdict) {
        Row row = new Row(scenario, verdict);
        rows.add(row);
        terminal.talk(row.isKept() ? "  kept" : "  not kept: " + String.join("; ", row.faults()));
        verdict.named().forEach(each -> terminal.talk("  besides: " + each));
    }

    boolean isKept() {
        return rows.stream().allMatch(Row::isKept);
    }

    /** The names of rows. */
    void list(List<Scenario> scenarios) {
        Table table = new Table();
        scenarios.forEach(each -> table.row(each.name(), each.fault(), each.promise()));
        table.lines().forEach(terminal::result);
    }

    /** Everything, a line for each row, and below what was not kept. */
    void table() {
        Table table = new Table();
        lines().forEach(line -> table.row(line.toArray(String[]::new)));
        table.lines().forEach(terminal::result);
        rows.stream().filter(row -> !row.isKept()).forEach(row -> {
            terminal.result(terminal.paint(Colour.BAD, row.scenario.name() + " was not kept:"));
            row.faults().forEach(each -> terminal.result("  " + each));
        });
        rows.stream().filter(row -> !row.verdict.named().isEmpty()).forEach(row -> {
            terminal.result(row.scenario.name() + ", besides:");
            row.verdict.named().forEach(each -> terminal.result("  " + each));
        });
    }

    private List<List<String>> lines() {
        return Stream.concat(Stream.of(HEAD), rows.stream().map(Report::line)).toList();
    }

    /** The same table in Markdown. */
    void markdown(Path file) throws IOException {
        List<String> lines = new ArrayList<>(lines().stream()
                .map(line -> "| " + String.join(" | ", line) + " |")
                .toList());
        lines.add(1, "|" + "---|".repeat(HEAD.size()));
        Files.write(file, lines);
    }

    private static List<String> line(Row row) {
        Figures figures = row.verdict.figures();
        return List.of(
                row.scenario.fault(),
                Long.toString(figures.pushes()),
                Long.toString(figures.late()),
                Long.toString(figures.failed()),
                Long.toString(figures.lost()),
                Long.toString(figures.duplicate()),
                Long.toString(figures.marked()),
                Long.toString(figures.divergent()),
                millis(figures.p50()),
                millis(figures.p99()),
                millis(figures.max()),
                Long.toString(row.verdict.logLines()),
                row.verdict.heal().map(Report::seconds).orElse("-"),
                row.isKept() ? "yes" : "NO",
                row.scenario.promise());
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** The same for programs, with what was measured besides. */
    void write(Path file, Stage stage) throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put("time", Instant.now().toString());
        root.put("brief", stage.brief());
        root.put("busy", stage.busy());
        root.put("cores", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.set("flags", json.valueToTree(Weir.flags()));
        ArrayNode array = root.putArray("rows");
        rows.forEach(row -> array.add(node(row)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private ObjectNode node(Row row) {
        ObjectNode node = json.createObjectNode()
                .put("name", row.scenario.name())
                .put("fault", row.scenario.fault())
                .put("promise", row.scenario.promise())
                .put("kept", row.isKept());
        node.set("figures", json.valueToTree(row.verdict.figures()));
        Optional<Duration> heal = row.verdict.heal();
        heal.ifPresent(time -> node.put("healSeconds", time.toMillis() / 1e3));
        node.set("measured", json.valueToTree(row.verdict.measured()));
        node.put("logLinesPerSecond", row.verdict.logLines());
        node.set("broken", json.valueToTree(row.faults()));
        node.set("besides", json.valueToTree(row.verdict.named()));
        return node;
    }
}
