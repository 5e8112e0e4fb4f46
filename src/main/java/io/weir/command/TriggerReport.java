package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.simulator.Millis;
import io.weir.simulator.load.PushSeries;
import io.weir.simulator.push.AnswerXml;
import io.weir.simulator.push.AnswerXml.FaultException;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Unanswered;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.PushXml;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One push in words for people or as JSON. Holds neither token nor key: they are not in what it is made from. */
final class TriggerReport {
    private final Delivered delivered;
    private final TriggerRequest trigger;
    private final boolean curl;

    TriggerReport(Delivered delivered, TriggerRequest trigger, boolean curl) {
        this.delivered = delivered;
        this.trigger = trigger;
        this.curl = curl;
    }

    int exitCode() {
        boolean accepted = delivered.all().stream().allMatch(Delivered::accepted);
        boolean answered =
                delivered.all().stream().anyMatch(each -> each.answer().isPresent());
        return accepted ? ExitCode.DONE : answered ? ExitCode.FAILED : ExitCode.UNAVAILABLE;
    }

    /** The last line is what matters most. */
    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        line(text, terminal, "push    ", trigger.title());
        text.append(Terminal.harmless(delivered.push().prettyXml())).append('\n');
        if (curl) {
            line(
                    text,
                    terminal,
                    "curl    ",
                    Terminal.harmless(delivered.attempts().get(0).request().curl()));
        }
        delivered.attempts().forEach(attempt -> line(text, terminal, "answer  ", answer(attempt)));
        appendBody(text);
        if (!delivered.duplicates().isEmpty()) {
            line(text, terminal, "copies  ", copies());
        }
        delivered.verdict().remark().ifPresent(remark -> line(text, terminal, "remark  ", remark));
        Colour colour = delivered.verdict().effect() == DeliveryVerdict.Effect.FAULT ? Colour.BAD : Colour.GOOD;
        return text.append(terminal.paint(colour, Terminal.harmless(sight()))).toString();
    }

    private static void line(StringBuilder text, Terminal terminal, String label, String content) {
        text.append(terminal.paint(Colour.STRONG, label.stripTrailing()))
                .append(" ".repeat(label.length() - label.stripTrailing().length()))
                .append(content)
                .append('\n');
    }

    private String answer(DeliveryAttempt attempt) {
        String number = delivered.attempts().size() == 1
                ? ""
                : ", attempt " + attempt.number() + " of "
                        + delivered.attempts().size();
        if (attempt.outcome() instanceof Responded answered) {
            return answered.status() + " in " + Millis.text(answered.time()) + ", "
                    + Terminal.harmless(answered.reading().kind())
                    + (answered.reading().encrypted() ? ", encrypted" : "") + number;
        }
        return "none in " + Millis.text(attempt.outcome().time()) + number + otherProblem(attempt);
    }

    /** The last problem is told at the end; another one before it deserves a word, too. */
    private String otherProblem(DeliveryAttempt attempt) {
        String problem = attempt.outcome().verdict().text();
        return problem.equals(delivered.verdict().text()) ? "" : ": " + Terminal.harmless(problem);
    }

    private void appendBody(StringBuilder text) {
        delivered
                .answer()
                .map(answered -> answered.reading().clear())
                .filter(clear -> !clear.isEmpty())
                .ifPresent(
                        clear -> text.append(Terminal.harmless(pretty(clear))).append('\n'));
    }

    /** An answer that is XML is laid out like the push; anything else is shown as it came. */
    private static String pretty(String answer) {
        try {
            return PushXml.pretty(AnswerXml.parse(answer));
        } catch (FaultException notXml) {
            return answer;
        }
    }

    private String copies() {
        String times = delivered.duplicates().stream()
                .flatMap(copy -> copy.last().stream())
                .map(attempt -> Millis.text(attempt.outcome().time()))
                .collect(Collectors.joining(", "));
        return delivered.duplicates().size() + " more at the same time, in " + times + ": "
                + (delivered.answersAlike() ? "the same answer" : "NOT the same answer");
    }

    private String sight() {
        DeliveryVerdict verdict = delivered.verdict();
        return switch (verdict.effect()) {
            case SHOWN -> "user sees: " + verdict.text().replace("\n", "\n           ");
            case NOTHING -> "user sees: nothing" + (verdict.text().isEmpty() ? "" : " (" + verdict.text() + ")");
            case FAULT ->
                "user sees: " + DeliveryVerdict.FAULT_NOTICE
                        + (delivered.answer().isPresent() ? "\nbecause:   " + verdict.text() : "");
        };
    }

    String json() {
        return new TriggerJson(delivered, trigger, curl).encode();
    }

    /** What the person can do about it; nothing when all went well. */
    List<String> advice() {
        if (delivered.last().map(DeliveryAttempt::outcome).orElse(null) instanceof Unanswered unanswered) {
            return List.of("weir trigger: " + unanswered.problem());
        }
        if (delivered.answer().filter(answered -> answered.status() == 403).isPresent()) {
            return List.of(
                    "weir trigger: 403, and the gateway does not tell outsiders why; its log does. It can be:",
                    "  the token: the gateway has another one for this account (same --conf on both sides?)",
                    "  the clock: the two machines differ by more than the gateway's timestampWindow",
                    "  the mode: this push went out as " + delivered.account().mode()
                            + ", the gateway's account may not take that",
                    "  in compatible and safe mode also the encodingAesKey, the appId or the originalId");
        }
        return List.of();
    }

    /**
     * What {@code weir trigger} was told to do.
     *
     * @param key the EventKey that was given
     */
    record TriggerRequest(PushSeries pushes, SimulatedAccount account, URI target, Optional<String> key) {
        /** One line for people. */
        String title() {
            return Terminal.harmless(
                            pushes.get(0).type() + key.map(k -> " " + k).orElse("")) + "  →  " + target + "  ("
                    + account.mode() + ")";
        }

        ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("type", pushes.get(0).type())
                    .put("account", account.name())
                    .put("mode", account.mode().toString())
                    .put("target", target.toString());
            key.ifPresent(k -> json.put("key", k));
            return json;
        }
    }

    /** One push as JSON: at the top what counts in the end, then each attempt. */
    static final class TriggerJson {
        private final Delivered delivered;
        private final TriggerRequest trigger;
        private final boolean curl;

        TriggerJson(Delivered delivered, TriggerRequest trigger, boolean curl) {
            this.delivered = delivered;
            this.trigger = trigger;
            this.curl = curl;
        }

        String encode() {
            ObjectNode all = Json.object();
            all.set("push", trigger.json().put("xml", delivered.push().xml()));
            if (curl) {
                all.put("curl", delivered.attempts().get(0).request().curl());
            }
            delivered.last().ifPresent(last -> describe(last, all));
            all.put("userSees", sight(delivered.verdict())).set("attempts", attempts(delivered));
            if (!delivered.duplicates().isEmpty()) {
                ArrayNode duplicates = all.putArray("duplicates");
                delivered
                        .duplicates()
                        .forEach(copy -> duplicates
                                .addObject()
                                .put("accepted", copy.accepted())
                                .set("attempts", attempts(copy)));
                all.put("answersAlike", delivered.answersAlike());
            }
            return all.toPrettyString();
        }

        private static ArrayNode attempts(Delivered delivered) {
            ArrayNode attempts = JsonNodeFactory.instance.arrayNode();
            delivered
                    .attempts()
                    .forEach(attempt -> describe(
                            attempt,
                            attempts.addObject()
                                    .put("number", attempt.number())
                                    .put("start", attempt.start().toString())));
            return attempts;
        }

        private static void describe(DeliveryAttempt attempt, ObjectNode json) {
            if (attempt.outcome() instanceof Responded answered) {
                json.set("answer", json(answered));
            } else if (attempt.outcome() instanceof Unanswered unanswered) {
                json.put("problem", unanswered.problem());
            }
            json.put("millis", Millis.number(attempt.outcome().time())).put("accepted", attempt.accepted());
        }

        private static ObjectNode json(Responded answered) {
            DeliveryVerdict verdict = answered.verdict();
            ObjectNode json = Json.object()
                    .put("status", answered.status())
                    .put("kind", answered.reading().kind())
                    .put("encrypted", answered.reading().encrypted())
                    .put("body", answered.reading().clear())
                    .put("userSees", sight(verdict));
            verdict.remark().ifPresent(remark -> json.put("remark", remark));
            return verdict.effect() == DeliveryVerdict.Effect.SHOWN ? json : json.put("note", verdict.text());
        }

        private static String sight(DeliveryVerdict verdict) {
            return switch (verdict.effect()) {
                case SHOWN -> verdict.text();
                case NOTHING -> "";
                case FAULT -> DeliveryVerdict.FAULT_NOTICE;
            };
        }
    }
}
