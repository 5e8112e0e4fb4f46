package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.command.TriggerReport.TriggerRequest;
import io.weir.simulator.Millis;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryOutcome.Unanswered;
import io.weir.simulator.push.DeliveryVerdict;

/** One push as JSON: at the top what counts in the end, then each attempt. */
final class TriggerJson {
    private final Delivered delivered;
    private final TriggerRequest trigger;
    private final boolean curl;

    TriggerJson(Delivered delivered, TriggerRequest trigger, boolean curl) {
        this.delivered = delivered;
        this.trigger = trigger;
        this.curl = curl;
    }

    String encode() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
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
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("status", answered.status())
                .put("kind", answered.reading().kind())
                .put("encrypted", answered.reading().encrypted())
                .put("body", answered.reading().clear())
                .put("userSees", sight(verdict));
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
