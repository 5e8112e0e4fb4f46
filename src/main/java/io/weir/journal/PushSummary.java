package io.weir.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.journal.JournalEntry.Accepted;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.message.Event;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Unknown;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A request in the list: one line of it. Tells nothing that a mask hides, unless it is to reveal that. */
final class PushSummary {
    static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** All that a line may have. */
    static final Set<String> MEMBERS = Set.of(
            "id",
            "account",
            "at",
            "type",
            "openid",
            "key",
            "outcome",
            "pushId",
            "refusal",
            "attempt",
            "way",
            "encrypted",
            "micros",
            "from");

    private PushSummary() {}

    static ObjectNode json(JournalEntry entry) {
        return json(entry, false);
    }

    /** A push that has no answer yet: what is known of the attempt that came first. */
    static JournalEntry running(Attempt attempt, Clock clock) {
        long now = System.nanoTime();
        long atMillis = clock.millis() - TimeUnit.NANOSECONDS.toMillis(now - attempt.arrivedNanos());
        Accepted accepted = new Accepted(attempt.id(), attempt::received, attempt.acceptedNanos(), Optional.empty());
        return new JournalEntry(0, attempt.request(), atMillis, now, Kind.REPLY, null, accepted);
    }

    static ObjectNode json(JournalEntry entry, boolean reveal) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("account", entry.request().account().account())
                .put("at", MILLIS.format(entry.at()))
                .put("type", type(entry))
                .put(
                        "openid",
                        entry.received()
                                .map(OpenedPush::push)
                                .map(Push::openId)
                                .map(id -> reveal ? id : PersonalDataMasks.openId(id))
                                .orElse(""))
                .put(
                        "key",
                        entry.received()
                                .map(OpenedPush::push)
                                .map(push -> key(push, reveal))
                                .orElse(""))
                .put("outcome", entry.kind().label());
        entry.pushId().ifPresent(id -> json.put("pushId", id.text()));
        entry.refusal()
                .ifPresent(refusal -> json.put("refusal", refusal.refusalCause().label()));
        json.put("attempt", entry.outcome().map(Outcome::attempt).orElse(0));
        entry.way().ifPresent(way -> json.put("way", way));
        return json.put("encrypted", isEncrypted(entry))
                .put("micros", entry.micros())
                .put("from", entry.request().peer().toString());
    }

    /** WeChat's name for the kind, also where there is no record for it; empty where it was not read. */
    static String type(JournalEntry entry) {
        return entry.received().map(OpenedPush::push).map(PushSummary::type).orElse("");
    }

    private static String type(Push push) {
        return push instanceof Unknown unknown
                ? unknown.event().orElse(unknown.msgType().isEmpty() ? PushType.UNKNOWN.wireName() : unknown.msgType())
                : push.type().wireName();
    }

    /** An EventKey or a scene is the account's own; the content of a text is its sender's. */
    private static String key(Push push, boolean reveal) {
        String key = push.answerKey().orElse("");
        if (reveal) {
            return key;
        }
        return push instanceof Message && !key.isEmpty()
                ? PersonalDataMasks.TEXT
                : push instanceof Event ? PersonalDataMasks.openIds(key) : "";
    }

    /** Of a refused one, as far as the query says. */
    private static boolean isEncrypted(JournalEntry entry) {
        return entry.received()
                .map(received -> received.seal().isPresent())
                .orElseGet(() -> entry.request().query().contains("encrypt_type=aes"));
    }
}
