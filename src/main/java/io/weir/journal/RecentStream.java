package io.weir.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.fleet.Heartbeat;
import io.weir.fleet.StreamErasure;
import io.weir.fleet.StreamErasure.Entry;
import io.weir.redis.RedisLink;
import io.weir.wechat.codec.OpenedPush;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What instances tell each other of their pushes: a capped stream for each account, {@code weir:{APPID}:recent}, of lines as the list
 * has them. OpenIDs are masked in it; a digest finds the lines of one. Lines are an hour old at most.
 */
record RecentStream(RedisLink link) {
    /** How many lines of an account there are, about. */
    static final int MOST = 1_000;

    private static final int MAX_CHARACTERS = 2_000;
    private static final int MAX_KEY = 128;
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{12}");
    private static final String VERSION = "1";
    private static final String FORMAT = "v";
    private static final String INSTANCE = "i";
    private static final String SENDER = "s";
    private static final String SUMMARY = "p";

    /**
     * A line.
     *
     * @param instance that has the push in its journal
     * @param sender a digest of the OpenID; empty where it is not known
     * @param summary as {@link PushSummary} has it
     */
    record Line(String appId, String instance, String sender, ObjectNode summary) {
        static Line of(JournalEntry entry, String instance) {
            String appId = entry.request().account().appId();
            ObjectNode summary = PushSummary.json(entry);
            String key = summary.path("key").asText();
            summary.put("key", key.substring(0, Math.min(key.length(), MAX_KEY)));
            String openId = entry.received()
                    .map(OpenedPush::push)
                    .map(push -> push.openId())
                    .orElse("");
            return new Line(appId, instance, openId.isEmpty() ? "" : digest(appId, openId), summary);
        }

        /** As the API tells it. */
        ObjectNode json() {
            return summary.put("instance", instance);
        }

        long id() {
            return summary.path("id").asLong();
        }

        String at() {
            return summary.path("at").asText();
        }
    }

    private String key(String appId) {
        return link.key("{" + appId + "}:recent");
    }

    /** What stands for somebody: nobody can tell who it is from it, and an OpenID cannot be guessed. */
    static String digest(String appId, String openId) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest((appId + "\n" + openId).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sum, 9));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a text can be such a digest; no OpenID is so short. */
    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Adds lines at the end, and drops what is too old or too much. */
    Future<Void> add(List<Line> lines, Instant now) {
        String oldest = Long.toString(now.minus(LIFE).toEpochMilli());
        List<Future<?>> written = new ArrayList<>();
        for (Line line : lines) {
            written.add(link.send(
                    "XADD",
                    key(line.appId),
                    "MAXLEN",
                    "~",
                    Integer.toString(MOST),
                    "*",
                    FORMAT,
                    VERSION,
                    INSTANCE,
                    line.instance,
                    SENDER,
                    line.sender,
                    SUMMARY,
                    line.summary.toString()));
        }
        lines.stream().map(Line::appId).distinct().map(this::key).forEach(key -> {
            written.add(link.send("XTRIM", key, "MINID", oldest));
            written.add(link.send("PEXPIRE", key, Long.toString(LIFE.toMillis())));
        });
        return Future.join(written).mapEmpty();
    }

    /** The last lines of an account, the newest first. */
    Future<List<Entry>> newest(String appId, int count) {
        return link.send("XREVRANGE", key(appId), "+", "-", "COUNT", Integer.toString(count))
                .map(Entry::all);
    }

    /** Those after an id, the oldest first. */
    Future<List<Entry>> after(String appId, String id, int count) {
        return link.send("XRANGE", key(appId), "(" + id, "+", "COUNT", Integer.toString(count))
                .map(Entry::all);
    }

    /** Deletes the lines of these senders. */
    Future<Integer> erase(Vertx vertx, String appId, Set<String> senders) {
        return new StreamErasure(vertx, link).erase(key(appId), entry -> senders.contains(entry.field(SENDER)));
    }

    /** What an entry says, as far as this release can read it. */
    static Optional<Line> read(String appId, Entry entry) {
        String summary = entry.field(SUMMARY);
        return summary.length() > MAX_CHARACTERS
                ? Optional.empty()
                : Json.read(summary)
                        .filter(json -> isLine(json) && Heartbeat.isName(entry.field(INSTANCE)))
                        .map(json -> new Line(
                                appId,
                                entry.field(INSTANCE),
                                entry.field(SENDER),
                                ((ObjectNode) json).retain(PushSummary.MEMBERS)));
    }

    private static boolean isLine(JsonNode json) {
        return json.isObject()
                && json.path("id").isIntegralNumber()
                && json.path("account").isTextual()
                && json.path("at").isTextual()
                && json.path("outcome").isTextual();
    }
}
