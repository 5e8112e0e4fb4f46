package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.late.Grant;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.message.Push;
import io.weir.wechat.xml.XmlElement;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this instance still holds of one person: the last pushes with what was replied, and what opens a window for customer-service
 * messages. What an operator had handled once more is left out: the person has seen nothing of it.
 */
record PersonPushes(Vertx vertx, PushDetail detail) {
    /** Of the last pushes of an instance, however many it keeps: each is decrypted and read again. */
    private static final int MOST_READ = 10_000;

    /** Of an answer to another instance, which has to pass through Redis. */
    private static final int MAX_CHARACTERS = 300_000;

    private static final Comparator<JournalEntry> NEWEST_FIRST = Comparator.comparing(JournalEntry::at)
            .thenComparing(JournalEntry::id)
            .reversed();

    /** @param person as {@link RecentStream#digest} has it */
    Future<ObjectNode> of(String account, String person, int limit, boolean reveal) {
        return vertx.executeBlocking(() -> read(account, person, limit, reveal), false);
    }

    /** Reads each push again: off the event loop. */
    private ObjectNode read(String account, String person, int limit, boolean reveal) {
        List<JournalEntry> held = detail.journal().newestFirst();
        List<JournalEntry> all = held.subList(0, Math.min(MOST_READ, held.size()));
        Instant since = all.size() < held.size()
                ? all.get(all.size() - 1).at()
                : detail.journal().heldSince();
        return json(since, entries(all, account, person), limit, reveal);
    }

    private static List<JournalEntry> entries(List<JournalEntry> all, String account, String person) {
        return all.stream()
                .filter(entry -> entry.kind() != Kind.REPLAY
                        && entry.request().account().account().equals(account))
                .filter(entry -> isOf(entry, person))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean isOf(JournalEntry entry, String person) {
        String appId = entry.request().account().appId();
        return entry.received()
                .map(received -> received.push().openId())
                .filter(openId -> RecentStream.digest(appId, openId).equals(person))
                .isPresent();
    }

    private ObjectNode json(Instant since, List<JournalEntry> found, int limit, boolean reveal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("since", PushSummary.MILLIS.format(since));
        ArrayNode pushes = json.putArray("pushes");
        int characters = 0;
        for (JournalEntry entry : found.subList(0, Math.min(limit, found.size()))) {
            ObjectNode push = push(entry, reveal);
            characters += push.toString().length();
            if (characters > MAX_CHARACTERS) {
                break;
            }
            pushes.add(push);
        }
        opened(found)
                .forEach((grant, at) -> json.withArray("opened")
                        .addObject()
                        .put("by", grant.label())
                        .put("at", at.toString()));
        return json.put("more", pushes.size() < found.size());
    }

    /** The last interaction of each kind that opens a window. */
    private static Map<Grant, Instant> opened(List<JournalEntry> found) {
        Map<Grant, Instant> opened = new EnumMap<>(Grant.class);
        found.stream()
                .filter(entry -> entry.kind() != Kind.REFUSED)
                .forEach(entry -> Grant.of(push(entry))
                        .ifPresent(grant -> opened.merge(
                                grant, happened(entry), (one, other) -> one.isAfter(other) ? one : other)));
        return opened;
    }

    /** When WeChat says it was; nothing has come before it happened. */
    private static Instant happened(JournalEntry entry) {
        Instant said = push(entry).createTime();
        return said.isAfter(entry.at()) ? entry.at() : said;
    }

    private static Push push(JournalEntry entry) {
        return entry.received().orElseThrow().push();
    }

    private ObjectNode push(JournalEntry entry, boolean reveal) {
        OpenedPush received = entry.received().orElseThrow();
        Push push = received.push();
        XmlElement root = received.xml().root();
        ReplyWords words = new ReplyWords(push, detail.answers().isOwn(push) || XmlView.tellsOfUser(root), reveal);
        ObjectNode json = PushSummary.json(entry, reveal);
        json.set("fields", new XmlView(reveal).fields(root));
        entry.outcome().flatMap(Outcome::text).flatMap(words::sent).ifPresent(reply -> json.set("reply", reply));
        entry.way().ifPresent(way -> detail.describeRun(json, entry, reveal));
        entry.pushId()
                .flatMap(detail.inFlight()::lateMessage)
                .ifPresent(late -> json.put("lateReply", PushesInProgress.SENT)
                        .putObject("late")
                        .put("at", PushSummary.MILLIS.format(late.at()))
                        .set("reply", words.message(late.reply())));
        Optional.of(push)
                .filter(any -> entry.kind() != Kind.REFUSED)
                .flatMap(Grant::of)
                .ifPresent(grant -> json.put("grant", grant.label()));
        return json;
    }
}
