package io.weir.backend;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** CloudEvents 1.0 in structured mode, signed as Standard Webhooks says (alarms-and-formats.md); answers in the words of replies.yaml. */
final class JsonFormat implements BackendFormat {
    static final String EVENT = "application/cloudevents+json; charset=UTF-8";
    private static final CharSequence ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    private static final CharSequence SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
    private static final String JSON_TYPE = "application/json";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 1_024;

    private final WebhookSigner signer;
    private final Clock clock;
    /** Of the push before: most come in the same second as the one after them. */
    private Instant second = Instant.EPOCH;

    private String secondText = "";

    JsonFormat(WebhookSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public Request request(Delivery<?> delivery, Duration limit) {
        byte[] body = event(delivery, limit);
        long timestamp = clock.instant().getEpochSecond();
        String id = delivery.idempotencyKey();
        Map<CharSequence, String> headers = Map.of(
                HttpHeaders.CONTENT_TYPE,
                EVENT,
                HttpHeaders.ACCEPT,
                JSON_TYPE,
                ID,
                id,
                TIMESTAMP,
                Long.toString(timestamp),
                SIGNATURE,
                signer.sign(id, timestamp, body));
        return new Request("", headers, Buffer.buffer(body));
    }

    private byte[] event(Delivery<?> delivery, Duration limit) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            Push push = delivery.push();
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", delivery.idempotencyKey());
            json.writeStringField("source", "weir/" + push.account());
            json.writeStringField("type", type(push));
            if (!push.fromUserName().isEmpty()) {
                json.writeStringField("subject", push.openId());
            }
            if (!push.createTime().equals(Instant.EPOCH)) {
                json.writeStringField("time", time(push.createTime()));
            }
            json.writeNumberField("attempt", delivery.attempt());
            json.writeBooleanField("redelivered", delivery.redelivered());
            json.writeBooleanField("replay", delivery.replay());
            json.writeNumberField("remainingms", limit.toMillis());
            json.writeStringField("datacontenttype", JSON_TYPE);
            json.writeFieldName("data");
            PushJson.write(delivery.xml().root(), push.type(), json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String time(Instant time) {
        if (!time.equals(second)) {
            second = time;
            secondText = time.toString();
        }
        return secondText;
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
        if (!answer.contentType().equals(JSON_TYPE)) {
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
