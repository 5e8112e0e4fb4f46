package io.weir.backend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.backend.BackendException.Kind;
import io.weir.config.ConfigException;
import io.weir.config.FileText;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.dispatch.Delivery;
import io.weir.rules.ReplyJson;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Unknown;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** CloudEvents 1.0 in structured mode, signed as Standard Webhooks says (alarms-and-formats.md); answers in the words of replies.yaml. */
final class JsonFormat implements BackendFormat {
    static final String EVENT = "application/cloudevents+json; charset=UTF-8";
    private static final String JSON = "application/json";

    private final WebhookSigner signer;
    private final Clock clock;
    private final XmlReader xml = new XmlReader();

    JsonFormat(WebhookSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public Request request(Delivery<?> delivery, Duration limit) {
        byte[] body = event(delivery, limit).toString().getBytes(StandardCharsets.UTF_8);
        long timestamp = clock.instant().getEpochSecond();
        String id = delivery.idempotencyKey();
        Map<String, String> headers = Map.of(
                "content-type", EVENT,
                "accept", JSON,
                "webhook-id", id,
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", signer.sign(id, timestamp, body));
        return new Request("", headers, Buffer.buffer(body));
    }

    private ObjectNode event(Delivery<?> delivery, Duration limit) {
        Push push = delivery.push();
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", delivery.idempotencyKey())
                .put("source", "weir/" + push.account())
                .put("type", type(push));
        if (!push.fromUserName().isEmpty()) {
            event.put("subject", push.openId());
        }
        if (!push.createTime().equals(Instant.EPOCH)) {
            event.put("time", push.createTime().toString());
        }
        event.put("attempt", delivery.attempt())
                .put("redelivered", delivery.redelivered())
                .put("replay", delivery.replay())
                .put("remainingms", limit.toMillis())
                .put("datacontenttype", JSON);
        event.set("data", PushJson.of(delivery.xml().root(xml), push.type()));
        return event;
    }

    /** {@code weixin.event.CLICK}, {@code weixin.message.text}; of a kind without a record as WeChat wrote it. */
    static String type(Push push) {
        if (push instanceof Unknown unknown) {
            Optional<String> event =
                    unknown.event().filter(each -> unknown.msgType().equalsIgnoreCase("event"));
            return event.map(name -> "weixin.event." + name)
                    .orElse(unknown.msgType().isEmpty() ? "weixin.unknown" : "weixin.message." + unknown.msgType());
        }
        return type(push.type());
    }

    static String type(PushType<?> type) {
        return (Message.class.isAssignableFrom(type.record()) ? "weixin.message." : "weixin.event.") + type.wireName();
    }

    @Override
    public Reply read(Answer answer, Delivery<?> delivery) {
        if (!answer.contentType().equals(JSON)) {
            String found = answer.contentType().isEmpty() ? "none" : answer.contentType();
            throw new BackendException(Kind.TYPE, "expected Content-Type application/json, found " + found);
        }
        Problems problems = new Problems();
        try {
            Reply reply = FileText.decode("answer", answer.body().getBytes(), problems)
                    .map(text -> ReplyJson.read(text, delivery.push().type(), problems))
                    .orElse(Reply.NONE);
            problems.throwIfErrors();
            return reply;
        } catch (ConfigException e) {
            throw new BackendException(Kind.UNREADABLE, words(e.problems().get(0)));
        }
    }

    /** Without what was found, which may be a user's. */
    private static String words(Problem problem) {
        String path = problem.place().path();
        return (path.isEmpty() ? "line " + problem.place().line() : path) + ": " + problem.rule();
    }
}
