package io.weir.bench;

import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The tables for a person. Markdown, so that they can be pasted. */
final class Report {
    private final Terminal terminal;

    Report(Terminal terminal) {
        this.terminal = terminal;
    }

    void figures(List<Outcome> outcomes, int rate) {
        terminal.result(String.format(
                Locale.ROOT,
                "| %-18s | %-22s | %-26s | %-18s | %-18s | %-15s | %-18s |",
                "server",
                "CPU µs/push, full load",
                "pushes/s, full load",
                String.format(Locale.ROOT, "p50 ms at %,d/s", rate),
                String.format(Locale.ROOT, "p99 ms at %,d/s", rate),
                "RSS MB",
                "first answer s"));
        terminal.result("|---|--:|--:|--:|--:|--:|--:|");
        outcomes.forEach(this::figures);
    }

    private void figures(Outcome outcome) {
        terminal.result(String.format(
                Locale.ROOT,
                "| %-18s | %22s | %26s | %18s | %18s | %15s | %18s |",
                outcome.title(),
                spread(outcome, Figures::cpuMicros, 1),
                spread(outcome, Figures::pushesPerSecond, 0),
                spread(outcome, Figures::p50Millis, 2),
                spread(outcome, Figures::p99Millis, 2),
                spread(outcome, Figures::residentMegabytes, 0),
                Spread.of(outcome.firstAnswerSeconds(), Double::doubleValue).text(2)));
    }

    private static String spread(Outcome outcome, ToDoubleFunction<Figures> figure, int decimals) {
        return Spread.of(outcome.rounds(), figure).text(decimals);
    }

    void goals(List<Goal> goals) {
        terminal.result(String.format(
                Locale.ROOT, "| %-45s | %-22s | %-8s | %-6s | %-16s |", "figure", "measured", "target", "", "stretch"));
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
                "| %-45s | %22s | %8s | %s | %-16s |",
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
