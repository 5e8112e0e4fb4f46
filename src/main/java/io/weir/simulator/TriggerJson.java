package io.weir.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.simulator.push.Attempt;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.Outcome.Answered;
import io.weir.simulator.push.Outcome.Unanswered;
import io.weir.simulator.push.Verdict;

/** One push as JSON: at the top what counts in the end, then each attempt. */
final class TriggerJson {
    private final Delivered delivered;
    private final Errand errand;
    private final boolean curl;

    TriggerJson(Delivered delivered, Errand errand, boolean curl) {
        this.delivered = delivered;
        this.errand = errand;
        this.curl = curl;
    }

    String encode() {
        JsonObject all = new JsonObject()
                .put("push", errand.json().put("xml", delivered.push().xml()));
        if (curl) {
            all.put("curl", delivered.attempts().get(0).request().curl());
        }
        delivered.last().ifPresent(last -> all.mergeIn(json(last)));
        all.put("userSees", sight(delivered.verdict())).put("attempts", attempts(delivered));
        if (!delivered.duplicates().isEmpty()) {
            JsonArray duplicates = new JsonArray();
            delivered
                    .duplicates()
                    .forEach(copy -> duplicates.add(
                            new JsonObject().put("accepted", copy.accepted()).put("attempts", attempts(copy))));
            all.put("duplicates", duplicates).put("answersAlike", delivered.answersAlike());
        }
        return all.encodePrettily();
    }

    private static JsonArray attempts(Delivered delivered) {
        JsonArray attempts = new JsonArray();
        delivered
                .attempts()
                .forEach(attempt -> attempts.add(new JsonObject()
                        .put("number", attempt.number())
                        .put("start", attempt.start().toString())
                        .mergeIn(json(attempt))));
        return attempts;
    }

    private static JsonObject json(Attempt attempt) {
        JsonObject json = new JsonObject();
        if (attempt.outcome() instanceof Answered answered) {
            json.put("answer", json(answered));
        } else if (attempt.outcome() instanceof Unanswered unanswered) {
            json.put("problem", unanswered.problem());
        }
        return json.put("millis", Millis.number(attempt.outcome().time())).put("accepted", attempt.accepted());
    }

    private static JsonObject json(Answered answered) {
        Verdict verdict = answered.verdict();
        JsonObject json = new JsonObject()
                .put("status", answered.status())
                .put("kind", answered.reading().kind())
                .put("encrypted", answered.reading().encrypted())
                .put("body", answered.reading().clear())
                .put("userSees", sight(verdict));
        return verdict.effect() == Verdict.Effect.SHOWN ? json : json.put("note", verdict.text());
    }

    private static String sight(Verdict verdict) {
        return switch (verdict.effect()) {
            case SHOWN -> verdict.text();
            case NOTHING -> "";
            case FAULT -> Verdict.FAULT_NOTICE;
        };
    }
}
