package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Phone;
import io.weir.simulator.people.Sending;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.Element;
import io.weir.simulator.push.SimulatedPush;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands on a phone, as the control API tells it. */
public final class PhoneJson {
    private PhoneJson() {}

    public static ObjectNode of(ChatLine line) {
        ObjectNode json = object().put("number", line.number())
                .put("at", line.at().toString())
                .put("origin", line.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("text", line.text());
        json.set("content", line.content().json());
        return json;
    }

    public static ObjectNode of(Follower person) {
        ObjectNode json = object().put("openid", person.openid())
                .put("wechatId", person.wechatId())
                .put("nickname", person.nickname())
                .put("subscribed", person.subscribed())
                .put("client", person.client().toString())
                .put("language", person.language());
        person.tags().forEach(json.putArray("tags")::add);
        return json;
    }

    /** The menu that a client has, and when it fetched it. */
    static ObjectNode menu(Optional<ObjectNode> menu, Optional<Instant> fetched) {
        ObjectNode json = object();
        menu.ifPresent(json::setAll);
        fetched.ifPresent(at -> json.put("fetched", at.toString()));
        return json;
    }

    /** Everything at once, for who begins to look on. Opens the chat. */
    static ObjectNode of(Phone phone, Follower person, Instant now) {
        ObjectNode json = object().put("receiving", phone.receiving()).put("typing", phone.isTypedTo());
        json.set("person", of(person));
        Optional<ObjectNode> menu = phone.menu();
        json.set("menu", menu(menu, phone.menuFetched()));
        ArrayNode lines = json.putArray("lines");
        phone.chat().forEach(line -> lines.add(of(line)));
        ArrayNode pushes = json.putArray("pushes");
        phone.sendings().forEach(sending -> pushes.add(SendingJson.of(sending, now)));
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A push and its attempts, as far as they have come, as the control API tells it. */
    static final class SendingJson {
        /** Of what was sent and of what came back; who wants more has the gateway's log. */
        private static final int MOST_CHARACTERS = 8_192;

        private static final Set<String> SAID =
                Set.of("Content", "Label", "Title", "Recognition", "PicUrl", "ScanResult", "MediaId");
        private static final List<String> SAID_IN = List.of("ScanCodeInfo", "SendLocationInfo");

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
                    .put("said", cut(said(sending.push())))
                    .put("xml", cut(sending.push().prettyXml()))
                    .put("running", sending.end().isEmpty());
            sending.end().ifPresent(end -> write(end.verdict(), json));
            ArrayNode attempts = json.putArray("attempts");
            sending.tries().forEach(one -> attempts.add(of(one, now)));
            return json;
        }

        /** What the person wrote, scanned or pointed at, in a line; empty where an EventKey says it all. */
        private static String said(SimulatedPush push) {
            List<Element> inside = SAID_IN.stream()
                    .flatMap(name -> Element.children(push.elements(), name).stream())
                    .toList();
            return Stream.concat(push.elements().stream(), inside.stream())
                    .filter(element -> SAID.contains(element.name()))
                    .map(element ->
                            Element.value(List.of(element), element.name()).orElse(""))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
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
                    .ifPresentOrElse(
                            outcome -> write(outcome, json), () -> json.put("millis", millis(one.start(), now)));
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
            verdict.remark().ifPresent(remark -> json.put("remark", remark));
        }

        private static long millis(Instant start, Instant now) {
            return Math.max(0, Duration.between(start, now).toMillis());
        }

        private static String cut(String text) {
            if (text.length() <= MOST_CHARACTERS) {
                return text;
            }
            int end =
                    Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
            return text.substring(0, end) + "…";
        }
    }
}
