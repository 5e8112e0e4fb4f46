package io.weir.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.fleet.Heartbeat;
import io.weir.fleet.StreamErasure.Entry;
import io.weir.health.OverviewBuckets.Bucket;
import io.weir.health.OverviewBuckets.Span;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What instances tell each other of their counts, through Redis; nothing personal is among it. Each command has one key:
 *
 * <table>
 * <caption>Keys, behind the configured prefix</caption>
 * <tr><th>key</th><th>what</th><th>lives</th></tr>
 * <tr><td>{@code overview}</td><td>a sorted set: the names of instances, also of those that have stopped, by
 * the time (ms) when they told something last</td><td>a day</td></tr>
 * <tr><td>{@code overview:NAME:hour}, {@code overview:NAME:day}</td><td>a capped stream of {@link Bucket}s</td><td>as it says</td></tr>
 * <tr><td>{@code overview:NAME:now}</td><td>what is wrong</td><td>30 s</td></tr>
 * </table>
 *
 * <p>An instance takes as much of Redis as of its own memory ({@link OverviewBuckets}).
 */
record OverviewStore(RedisLink link) {
    static final int MOST_INSTANCES = 100;
    private static final int MOST_CHARACTERS = 64 * 1_024;
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration NOW = Duration.ofSeconds(30);
    private static final String VERSION = "1";
    private static final String FORMAT = "v";
    private static final String INDEX = "b";
    private static final String COUNTS = "c";

    private String names() {
        return link.key("overview");
    }

    private String now(String instance) {
        return link.key("overview:" + instance + ":now");
    }

    private String stream(String instance, Span span) {
        return link.key("overview:" + instance + ":" + span.name().toLowerCase(Locale.ROOT));
    }

    /** Adds buckets that have ended, tells what is wrong, and forgets who has told nothing for a day. */
    Future<Void> tell(String instance, Collection<Bucket> ended, ObjectNode wrong, Instant at) {
        List<Future<?>> written = new ArrayList<>();
        for (Bucket bucket : ended) {
            String key = stream(instance, bucket.span());
            Duration life = bucket.span().step().multipliedBy(bucket.span().count());
            written.add(link.send(
                    "XADD",
                    key,
                    "MAXLEN",
                    "~",
                    Integer.toString(bucket.span().count()),
                    "*",
                    FORMAT,
                    VERSION,
                    INDEX,
                    Long.toString(bucket.index()),
                    COUNTS,
                    bucket.json()));
            written.add(link.send("PEXPIRE", key, Long.toString(life.toMillis())));
        }
        written.add(link.send(
                "SET", now(instance), wrong.put(FORMAT, VERSION).toString(), "PX", Long.toString(NOW.toMillis())));
        written.add(link.send("ZADD", names(), Long.toString(at.toEpochMilli()), instance));
        written.add(link.send(
                "ZREMRANGEBYSCORE", names(), "-inf", Long.toString(at.minus(DAY).toEpochMilli())));
        written.add(link.send("PEXPIRE", names(), Long.toString(DAY.toMillis())));
        return Future.join(written).mapEmpty();
    }

    /** The names of those that have told something within a day, the latest first, {@value #MOST_INSTANCES} at most. */
    Future<List<String>> instances() {
        return link.send("ZRANGE", names(), "0", Integer.toString(MOST_INSTANCES - 1), "REV")
                .map(answer -> answer.items().stream()
                        .flatMap(each -> each.text().stream())
                        .filter(Heartbeat::isName)
                        .toList());
    }

    /** What is wrong at an instance; empty when it has stopped. */
    Future<Optional<JsonNode>> wrong(String instance) {
        return link.send("GET", now(instance))
                .map(RedisAnswer::text)
                .map(stored -> stored.filter(text -> text.length() <= MOST_CHARACTERS)
                        .flatMap(Json::read)
                        .filter(json -> json.path(FORMAT).asText().equals(VERSION)));
    }

    /** The last buckets of an instance as they are stored, the newest first. */
    Future<List<Entry>> read(String instance, Span span) {
        return link.send(LIMIT, "XREVRANGE", stream(instance, span), "+", "-", "COUNT", Integer.toString(span.count()))
                .map(Entry::all);
    }

    /** What was read, without what cannot be understood. Takes milliseconds where there is much: not for an event loop. */
    static List<Bucket> buckets(Span span, List<Entry> entries) {
        return entries.stream().flatMap(entry -> bucket(span, entry).stream()).toList();
    }

    private static Optional<Bucket> bucket(Span span, Entry entry) {
        String index = entry.field(INDEX);
        String counts = entry.field(COUNTS);
        return entry.field(FORMAT).equals(VERSION) && index.matches("[0-9]{1,12}") && counts.length() <= MOST_CHARACTERS
                ? Bucket.of(span, Long.parseLong(index), counts)
                : Optional.empty();
    }
}
