package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.Sending;
import io.weir.simulator.push.AnswerReading;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryOutcome;
import io.weir.simulator.push.DeliveryVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A push and its attempts, as far as they have come, as the control API tells it. */
final class SendingJson {
    /** Of what was sent and of what came back; who wants more has the gateway's log. */
    private static final int MOST_CHARACTERS = 8_192;

    private SendingJson() {}

    /** @param now by the clock that the attempts were begun by */
    static ObjectNode of(Sending sending, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", sending.number())
                .put("at", sending.at().toString())
                .put("type", sending.push().type())
                .put("event", sending.push().kind().event())
                .put("key", sending.push().value("EventKey"))
                .put("xml", cut(sending.push().prettyXml()))
                .put("running", sending.end().isEmpty());
        sending.end().ifPresent(end -> write(end.verdict(), json));
        ArrayNode attempts = json.putArray("attempts");
        sending.tries().forEach(one -> attempts.add(of(one, now)));
        return json;
    }

    private static ObjectNode of(Sending.Try one, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("copy", one.copy())
                .put("number", one.number())
                .put("start", one.start().toString())
                .put("running", one.end().isEmpty());
        one.end()
                .map(DeliveryAttempt::outcome)
                .ifPresentOrElse(outcome -> write(outcome, json), () -> json.put("millis", millis(one.start(), now)));
        return json;
    }

    private static void write(DeliveryOutcome outcome, ObjectNode json) {
        json.put("millis", outcome.time().toMillis()).put("lapsed", outcome.lapsed());
        write(outcome.verdict(), json);
        if (outcome instanceof DeliveryOutcome.Responded answered) {
            AnswerReading reading = answered.reading();
            json.put("status", answered.status())
                    .put("answer", reading.kind())
                    .put("encrypted", reading.encrypted())
                    .put("body", cut(reading.clear()));
        }
    }

    private static void write(DeliveryVerdict verdict, ObjectNode json) {
        json.put("effect", verdict.effect().name().toLowerCase(Locale.ROOT)).put("text", cut(verdict.text()));
    }

    private static long millis(Instant start, Instant now) {
        return Math.max(0, Duration.between(start, now).toMillis());
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
        return text.substring(0, end) + "…";
    }
}
