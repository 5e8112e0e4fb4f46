package io.weir.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Examined;
import io.weir.doctor.Doctor.Finding;
import io.weir.doctor.Doctor.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a doctor has found, for people line by line, or as JSON. */
public final class DoctorReport {
    private static final String INDENT = " ".repeat(6);
    private static final int NAME = 24;

    private final Terminal terminal;
    private final List<Examined> all = new ArrayList<>();

    public DoctorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Adds what a check has found and tells it in words. */
    public String add(Examined examined) {
        all.add(examined);
        StringBuilder text = new StringBuilder();
        examined.findings().forEach(finding -> append(text, title(examined.check()), finding));
        return text.toString().stripTrailing();
    }

    private static String title(Check check) {
        return check.account()
                .map(account -> check.name() + " (" + account + ")")
                .orElse(check.name());
    }

    private void append(StringBuilder text, String title, Finding finding) {
        String level = finding.level().name().toLowerCase(Locale.ROOT);
        text.append(terminal.paint(colour(finding.level()), level))
                .append(" ".repeat(INDENT.length() - level.length()))
                .append(title)
                .append(" ".repeat(Math.max(1, NAME - title.length())))
                .append(Terminal.harmless(finding.found()))
                .append('\n');
        finding.expected().ifPresent(rule -> line(text, "expected  ", rule));
        String label = "do        ";
        for (String step : finding.fix()) {
            line(text, label, step);
            label = " ".repeat(label.length());
        }
    }

    private static void line(StringBuilder text, String label, String words) {
        text.append(INDENT).append(label).append(Terminal.harmless(words)).append('\n');
    }

    private static Colour colour(Level level) {
        return switch (level) {
            case OK -> Colour.GOOD;
            case WARN -> Colour.STRONG;
            case FAIL -> Colour.BAD;
            case SKIP -> Colour.QUIET;
        };
    }

    /** The last line. */
    public String sum() {
        String counts = count(Level.FAIL) + " failed, " + count(Level.WARN) + " warnings, " + count(Level.OK) + " ok";
        return count(Level.SKIP) == 0 ? counts : counts + ", " + count(Level.SKIP) + " skipped";
    }

    /** 0 when nothing failed. */
    public int exitCode() {
        return count(Level.FAIL) == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    public String json() {
        ObjectNode json = Json.object()
                .put("ok", count(Level.FAIL) == 0)
                .put("failed", count(Level.FAIL))
                .put("warnings", count(Level.WARN));
        ArrayNode checks = json.putArray("checks");
        all.forEach(examined ->
                examined.findings().forEach(finding -> write(examined.check(), finding, checks.addObject())));
        return json.toPrettyString();
    }

    private static void write(Check check, Finding finding, ObjectNode written) {
        written.put("level", finding.level().name().toLowerCase(Locale.ROOT)).put("check", check.name());
        check.account().ifPresent(account -> written.put("account", account));
        written.put("found", finding.found());
        finding.expected().ifPresent(rule -> written.put("expected", rule));
        if (!finding.fix().isEmpty()) {
            finding.fix().forEach(written.putArray("fix")::add);
        }
        finding.facts().keySet().stream()
                .sorted()
                .forEach(name -> written.putPOJO(name, finding.facts().get(name)));
    }

    private long count(Level level) {
        return all.stream()
                .flatMap(examined -> examined.findings().stream())
                .filter(finding -> finding.level() == level)
                .count();
    }
}
