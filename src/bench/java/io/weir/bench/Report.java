package io.weir.bench;

import io.weir.bench.Figures.Window;
import io.weir.bench.Sweep.Row;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import java.util.List;
import java.util.Locale;

/** The tables for a person. Markdown, so that they can be pasted. */
final class Report {
    private final Terminal terminal;

    Report(Terminal terminal) {
        this.terminal = terminal;
    }

    void figures(List<Outcome> outcomes, int rate) {
        row("CPU µs/push", "loops + GC", "loops", "GC", "JIT", "other", "Redis", "bytes/push");
        terminal.result("|---|--:|--:|--:|--:|--:|--:|--:|");
        outcomes.forEach(outcome -> row(
                outcome.title(),
                outcome.cpu(CpuMicros::loopsAndGc).text(1),
                outcome.cpu(CpuMicros::loops).text(1),
                outcome.cpu(CpuMicros::gc).text(1),
                outcome.cpu(CpuMicros::jit).text(1),
                outcome.cpu(CpuMicros::other).text(1),
                outcome.contestant().redis().isPresent()
                        ? outcome.cpu(CpuMicros::redis).text(1)
                        : "",
                outcome.allocatedBytes().map(bytes -> bytes.text(0)).orElse("")));
        terminal.result("");
        row(
                "server",
                "pushes/s",
                String.format(Locale.ROOT, "p50 ms at %,d/s", rate),
                String.format(Locale.ROOT, "p99 ms at %,d/s", rate),
                "RSS MB",
                "first answer s");
        terminal.result("|---|--:|--:|--:|--:|--:|");
        outcomes.forEach(outcome -> row(
                outcome.title(),
                outcome.fullLoad(Window::pushesPerSecond).text(0),
                outcome.steadyRate(Window::p50Millis).text(2),
                outcome.steadyRate(Window::p99Millis).text(2),
                outcome.residentMegabytes().text(0),
                outcome.firstAnswer().text(2)));
    }

    void sweep(List<Row> rows) {
        row("dimension", "size", "loops + GC µs/push", "GC µs/push", "/ smallest");
        terminal.result("|---|--:|--:|--:|--:|");
        rows.forEach(row -> row(
                row.dimension(),
                String.format(Locale.ROOT, "%,d", row.size()),
                row.cpuMicros().map(micros -> micros.text(1)).orElse("not measured"),
                row.gcMicros().map(micros -> micros.text(1)).orElse(""),
                row.ratio().map(ratio -> ratio.text(2)).orElse("")));
        rows.forEach(row -> row.problem()
                .ifPresent(problem ->
                        terminal.result(row.dimension() + " " + row.size() + " could not be measured: " + problem)));
    }

    private void row(String first, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %-24s |", first));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, " %20s |", cell));
        }
        terminal.result(line.toString());
    }

    void goals(List<Goal> goals) {
        terminal.result(String.format(
                Locale.ROOT, "| %-48s | %-24s | %-8s | %-6s | %-16s |", "figure", "measured", "target", "", "stretch"));
        terminal.result("|---|--:|--:|---|---|");
        goals.forEach(this::goal);
    }

    private void goal(Goal goal) {
        String stretch = goal.stretch().isEmpty()
                ? ""
                : limit(goal, goal.stretch().getAsDouble()) + " " + word(goal.isStretchMet());
        String met = terminal.paint(
                goal.isMet() ? Colour.GOOD : Colour.BAD, String.format(Locale.ROOT, "%-6s", word(goal.isMet())));
        terminal.result(String.format(
                Locale.ROOT,
                "| %-48s | %24s | %8s | %s | %-16s |",
                goal.figure(),
                goal.measured().text(goal.measured().median() < 100 ? 2 : 0),
                limit(goal, goal.target()),
                met,
                stretch));
    }

    private static String limit(Goal goal, double value) {
        return (goal.atLeast() ? "≥ " : "≤ ") + (value == Math.rint(value) ? Long.toString((long) value) : value);
    }

    private static String word(boolean met) {
        return met ? "met" : "missed";
    }

    /** What the star means. */
    void otherWork(double most) {
        terminal.result(String.format(
                Locale.ROOT,
                "Other work used up to %.2f of a core in a window; in one at least of a figure with * more than %.1f.",
                most,
                Spread.QUIET));
    }

    /** Says whose figures are not to be trusted. */
    void reservations(List<Outcome> outcomes) {
        outcomes.stream()
                .filter(outcome -> !outcome.settled())
                .forEach(outcome -> terminal.result("Not warm when its rounds began, so its CPU is shown too high: "
                        + outcome.title() + ". Take more time or a quieter machine."));
    }

    /** Says which servers answered wrongly; whether all answered rightly. */
    boolean allRight(List<Outcome> outcomes) {
        outcomes.stream().filter(outcome -> outcome.wrongAnswers() > 0).forEach(outcome -> {
            terminal.talk(
                    outcome.title() + ": " + outcome.wrongAnswers() + " pushes without the right answer, one of them: "
                            + Terminal.harmless(outcome.wrongAnswer().orElse("")));
        });
        return outcomes.stream().allMatch(outcome -> outcome.wrongAnswers() == 0);
    }
}
