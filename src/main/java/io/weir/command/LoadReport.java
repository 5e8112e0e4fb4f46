package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.command.TriggerReport.TriggerRequest;
import io.weir.simulator.Millis;
import io.weir.simulator.load.LoadPlan;
import io.weir.simulator.load.LoadSummary;
import io.weir.simulator.load.LoadSummary.Users;
import java.util.Locale;

/** What came of many pushes, as a table for people or as JSON. */
final class LoadReport {
    private final LoadSummary summary;
    private final LoadPlan plan;
    private final TriggerRequest trigger;

    LoadReport(LoadSummary summary, LoadPlan plan, TriggerRequest trigger) {
        this.summary = summary;
        this.plan = plan;
        this.trigger = trigger;
    }

    int exitCode() {
        if (summary.failed() == 0 && summary.pushes() > 0) {
            return ExitCode.DONE;
        }
        return summary.times().isEmpty() ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    }

    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        row(text, terminal, "pushes", "%s", trigger.title());
        row(text, terminal, "", "%s", sent());
        row(text, terminal, "accepted", "%,d", summary.accepted());
        row(text, terminal, "failed", "%,d", summary.failed());
        summary.failures()
                .forEach((reason, count) ->
                        row(text, terminal, "", "%,d  because: %s", count, Terminal.harmless(reason)));
        String times = summary.times()
                .map(t -> "p50 " + Millis.text(t.p50()) + "  p90 " + Millis.text(t.p90()) + "  p99 "
                        + Millis.text(t.p99()) + "  max " + Millis.text(t.max()))
                .orElse("none");
        row(text, terminal, "answers", "%s", times);
        row(text, terminal, "attempts", "%,d, %.2f per push", summary.attempts(), summary.attemptsPerPush());
        duplicates(text, terminal);
        Users users = summary.users();
        row(
                text,
                terminal,
                "users see",
                "a reply %,d  nothing %,d  the fault notice %,d",
                users.shown(),
                users.nothing(),
                users.fault());
        return text.toString().stripTrailing();
    }

    private String sent() {
        String asked = summary.pushes() == plan.repeat() ? "" : format(" of %,d", plan.repeat());
        String late = summary.late() == 0 ? "" : format("; %,d began more than 100 ms late", summary.late());
        return format(
                        "%,d%s in %.1f s, %,.0f a second, up to %,d at a time",
                        summary.pushes(),
                        asked,
                        summary.elapsed().toNanos() / 1e9,
                        summary.pushesPerSecond(),
                        plan.concurrency())
                + late;
    }

    private void duplicates(StringBuilder text, Terminal terminal) {
        LoadSummary.Duplicates duplicates = summary.duplicates();
        if (duplicates.sent() > 0) {
            String alike = duplicates.differing() == 0
                    ? "each answered as the first was"
                    : format("%,d pushes got answers that differ", duplicates.differing());
            row(text, terminal, "copies", "%,d, %s", duplicates.sent(), alike);
        }
    }

    private static void row(StringBuilder text, Terminal terminal, String label, String format, Object... values) {
        text.append(terminal.paint(Colour.STRONG, label))
                .append(" ".repeat(Math.max(0, 11 - label.length())))
                .append(format(format, values))
                .append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    String json() {
        ObjectNode all = Json.object();
        all.set("push", trigger.json());
        all.put("pushes", summary.pushes()).put("accepted", summary.accepted()).put("failed", summary.failed());
        ArrayNode failures = all.putArray("failures");
        summary.failures()
                .forEach((reason, count) ->
                        failures.addObject().put("reason", reason).put("count", count));
        all.put("attempts", summary.attempts())
                .put("seconds", summary.elapsed().toNanos() / 1e9)
                .put("pushesPerSecond", summary.pushesPerSecond())
                .put("late", summary.late())
                .set("usersSee", usersSee());
        summary.times()
                .ifPresent(t -> all.putObject("millis")
                        .put("p50", Millis.number(t.p50()))
                        .put("p90", Millis.number(t.p90()))
                        .put("p99", Millis.number(t.p99()))
                        .put("max", Millis.number(t.max())));
        return all.put("duplicates", summary.duplicates().sent())
                .put("answersDiffer", summary.duplicates().differing())
                .toPrettyString();
    }

    private ObjectNode usersSee() {
        Users users = summary.users();
        return Json.object()
                .put("reply", users.shown())
                .put("nothing", users.nothing())
                .put("faultNotice", users.fault());
    }
}
