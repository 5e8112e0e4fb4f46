package io.weir.simulator;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.simulator.push.AnswerXml;
import io.weir.simulator.push.Delivery;
import io.weir.simulator.push.FaultException;
import io.weir.simulator.push.Outcome.Answered;
import io.weir.simulator.push.Outcome.Unanswered;
import io.weir.simulator.push.PushXml;
import io.weir.simulator.push.Reading;
import io.weir.simulator.push.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One delivery in words for people or as JSON. Holds neither token nor key: they are not in what it is made from. */
final class TriggerReport {
    private final Delivery delivery;
    private final Optional<String> key;
    private final URI target;
    private final boolean curl;

    TriggerReport(Delivery delivery, Optional<String> key, URI target, boolean curl) {
        this.delivery = delivery;
        this.key = key;
        this.target = target;
        this.curl = curl;
    }

    int exitCode() {
        if (delivery.outcome() instanceof Unanswered) {
            return ExitCode.UNAVAILABLE;
        }
        return delivery.accepted() ? ExitCode.DONE : ExitCode.FAILED;
    }

    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder(terminal.paint(Colour.STRONG, "push"))
                .append("    ")
                .append(title())
                .append('\n')
                .append(Terminal.harmless(delivery.push().prettyXml()))
                .append('\n');
        if (curl) {
            text.append(terminal.paint(Colour.STRONG, "curl"))
                    .append("    ")
                    .append(Terminal.harmless(delivery.request().curl()))
                    .append('\n');
        }
        if (delivery.outcome() instanceof Answered answered) {
            appendAnswer(answered, text, terminal);
        } else {
            text.append(terminal.paint(Colour.STRONG, "answer"))
                    .append("  none in ")
                    .append(millis(delivery.outcome().time()))
                    .append(" ms");
        }
        return text.toString();
    }

    private String title() {
        return Terminal.harmless(delivery.push().type() + key.map(k -> " " + k).orElse("")) + "  →  " + target + "  ("
                + delivery.account().mode() + ")";
    }

    private static void appendAnswer(Answered answered, StringBuilder text, Terminal terminal) {
        Reading reading = answered.reading();
        text.append(terminal.paint(Colour.STRONG, "answer"))
                .append("  ")
                .append(answered.status())
                .append(" in ")
                .append(millis(answered.time()))
                .append(" ms, ")
                .append(Terminal.harmless(reading.kind()))
                .append(reading.encrypted() ? ", encrypted" : "")
                .append('\n');
        if (!reading.clear().isEmpty()) {
            text.append(Terminal.harmless(pretty(reading.clear()))).append('\n');
        }
        Colour colour = reading.verdict().effect() == Verdict.Effect.FAULT ? Colour.BAD : Colour.GOOD;
        text.append(terminal.paint(colour, Terminal.harmless(sight(reading.verdict()))));
    }

    /** An answer that is XML is laid out like the push; anything else is shown as it came. */
    private static String pretty(String answer) {
        try {
            return PushXml.pretty(AnswerXml.parse(answer));
        } catch (FaultException notXml) {
            return answer;
        }
    }

    private static String sight(Verdict verdict) {
        return switch (verdict.effect()) {
            case SHOWN -> "user sees: " + verdict.text().replace("\n", "\n           ");
            case NOTHING -> "user sees: nothing" + (verdict.text().isEmpty() ? "" : " (" + verdict.text() + ")");
            case FAULT -> "user sees: " + Verdict.FAULT_NOTICE + "\nbecause:   " + verdict.text();
        };
    }

    String json() {
        JsonObject push = new JsonObject()
                .put("type", delivery.push().type())
                .put("account", delivery.account().name())
                .put("mode", delivery.account().mode().toString())
                .put("target", target.toString())
                .put("xml", delivery.push().xml());
        key.ifPresent(k -> push.put("key", k));
        JsonObject all = new JsonObject().put("push", push);
        if (curl) {
            all.put("curl", delivery.request().curl());
        }
        if (delivery.outcome() instanceof Answered answered) {
            all.put("answer", json(answered));
        } else if (delivery.outcome() instanceof Unanswered unanswered) {
            all.put("problem", unanswered.problem());
        }
        return all.put("millis", tenths(delivery.outcome().time()))
                .put("accepted", delivery.accepted())
                .encodePrettily();
    }

    private static JsonObject json(Answered answered) {
        Reading reading = answered.reading();
        Verdict verdict = reading.verdict();
        JsonObject json = new JsonObject()
                .put("status", answered.status())
                .put("kind", reading.kind())
                .put("encrypted", reading.encrypted())
                .put("body", reading.clear());
        return switch (verdict.effect()) {
            case SHOWN -> json.put("userSees", verdict.text());
            case NOTHING -> json.put("userSees", "").put("note", verdict.text());
            case FAULT -> json.put("userSees", Verdict.FAULT_NOTICE).put("note", verdict.text());
        };
    }

    /** What the person can do about it; nothing when all went well. */
    List<String> advice() {
        if (delivery.outcome() instanceof Unanswered unanswered) {
            return List.of("weir trigger: " + unanswered.problem());
        }
        if (delivery.outcome() instanceof Answered answered && answered.status() == 403) {
            return List.of(
                    "weir trigger: 403, and the gateway does not tell outsiders why; its log does. It can be:",
                    "  the token: the gateway has another one for this account (same --conf on both sides?)",
                    "  the clock: the two machines differ by more than the gateway's timestampWindow",
                    "  the mode: this push went out as " + delivery.account().mode()
                            + ", the gateway's account may not take that",
                    "  in compatible and safe mode also the encodingAesKey, the appId or the originalId");
        }
        return List.of();
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
    }

    private static double tenths(Duration time) {
        return Math.round(time.toNanos() / 1e5) / 10.0;
    }
}
