package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What backends are to get copies of: the journal of an account ({@link RedisWork}), read by a consumer group for each backend, {@code
 * copy:BACKEND}. One instance at a time reads a group, so that copies keep their order: who holds the lease {@code
 * weir:{APPID}:copy:BACKEND}. {@code weir:{APPID}:copied} has the id up to which each group was read, so that a group that was deleted is
 * made again there. Any thread.
 */
final class RedisCopies implements CopyQueue {
    /** The field of an entry that is for one backend alone. */
    static final String BACKEND = "b";

    /** The field of an entry that may be there twice. */
    static final String REPEATED = "d";

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String SENDER = "sender";
    private static final String NEW_ENTRIES = "$";

    /**
     * KEYS: lease, journal, copied. ARGV: owner, lease in milliseconds, group, backend, from where on it is read where Redis does not know.
     * Answer: held, how many wait, how many were lost, up to where it was read.
     */
    private static final RedisScript HOLD = RedisScript.of("""
            local from = redis.call('HGET', KEYS[3], ARGV[4])
            local owner = redis.call('GET', KEYS[1])
            if owner and owner ~= ARGV[1] then return {0, 0, 0, from or ''} end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.pcall('XGROUP', 'CREATE', KEYS[2], ARGV[3], from or ARGV[5], 'MKSTREAM')
            local stream = redis.call('XINFO', 'STREAM', KEYS[2])
            local added, there = 0, 0
            for i = 1, #stream, 2 do
              if stream[i] == 'entries-added' then added = stream[i + 1] end
              if stream[i] == 'length' then there = stream[i + 1] end
            end
            local waiting, lost, last = 0, 0, ''
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
              local about = {}
              for i = 1, #group, 2 do about[group[i]] = group[i + 1] end
              if about['name'] == ARGV[3] then
                waiting = (about['pending'] or 0) + (about['lag'] or 0)
                if about['entries-read'] then lost = math.max(0, added - there - about['entries-read']) end
                last = about['last-delivered-id']
                redis.call('HSET', KEYS[3], ARGV[4], last)
              end
            end
            return {1, waiting, lost, last}
            """);

    private static final RedisScript RELEASE = RedisScript.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    private final RedisLink redis;
    private final String owner;
    private final Map<String, String> appIds;
    private final JournalConfig retention;
    private final LongSupplier clockMillis;
    /** Up to where each queue was read: a Redis that comes back empty must not skip what is brought to it before the group is there. */
    private final Map<List<String>, String> known = new ConcurrentHashMap<>();

    /** As {@link RedisWork} for the same accounts. */
    RedisCopies(
            RedisLink redis,
            String owner,
            Map<String, String> appIds,
            JournalConfig retention,
            LongSupplier clockMillis) {
        this.redis = redis;
        this.owner = owner;
        this.appIds = Map.copyOf(appIds);
        this.retention = retention;
        this.clockMillis = clockMillis;
    }

    private String key(String account, String what) {
        return redis.key("{" + appIds.get(account) + "}:" + what);
    }

    private static String group(String backend) {
        return "copy:" + backend;
    }

    /** Also sees to it that the group is there. */
    @Override
    public Future<Hold> hold(String account, String backend) {
        List<String> keys = List.of(key(account, group(backend)), key(account, "journal"), key(account, "copied"));
        List<String> queue = List.of(account, backend);
        List<String> arguments = List.of(
                owner,
                String.valueOf(LEASE.toMillis()),
                group(backend),
                backend,
                known.getOrDefault(queue, NEW_ENTRIES));
        return redis.run(LIMIT, HOLD, keys, arguments).map(answer -> {
            List<RedisAnswer> parts = answer.items();
            parts.get(3).text().filter(id -> !id.isEmpty()).ifPresent(id -> known.put(queue, id));
            return new Hold(
                    parts.get(0).number() == 1,
                    parts.get(1).number(),
                    parts.get(2).number());
        });
    }

    @Override
    public Future<List<Copy>> pending(String account, String backend, String after, int most) {
        Future<List<Copy>> entries = read(account, backend, after, most);
        return redis.send(
                        LIMIT,
                        "XPENDING",
                        key(account, "journal"),
                        group(backend),
                        "(" + after,
                        "+",
                        String.valueOf(most))
                .compose(counts -> entries.map(all -> counted(all, counts)));
    }

    private static List<Copy> counted(List<Copy> entries, RedisAnswer counts) {
        Map<String, Integer> attempts = new HashMap<>();
        for (RedisAnswer each : counts.items()) {
            List<RedisAnswer> parts = each.items();
            attempts.put(
                    parts.get(0).text().orElse(""),
                    Math.max(0, (int) parts.get(3).number() - 1));
        }
        return entries.stream()
                .map(each -> new Copy(each.id(), each.push(), attempts.getOrDefault(each.id(), 0), each.age(), true))
                .toList();
    }

    @Override
    public Future<List<Copy>> next(String account, String backend, int most) {
        return read(account, backend, ">", most);
    }

    private Future<List<Copy>> read(String account, String backend, String after, int most) {
        return redis.send(
                        LIMIT,
                        "XREADGROUP",
                        "GROUP",
                        group(backend),
                        SENDER,
                        "COUNT",
                        String.valueOf(most),
                        "STREAMS",
                        key(account, "journal"),
                        after)
                .compose(answer -> entries(account, backend, answer));
    }

    /** What cannot be read, since it was trimmed or another version has written it, or is for another backend, is done with. */
    private Future<List<Copy>> entries(String account, String backend, RedisAnswer answer) {
        List<Copy> read = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (RedisAnswer entry : answer.entries()) {
            List<RedisAnswer> idAndFields = entry.items();
            String id = idAndFields.get(0).text().orElse("");
            Duration age = Duration.ofMillis(Math.max(0, clockMillis.getAsLong() - RedisWork.millis(id)));
            Map<String, String> fields = idAndFields.get(1).fields();
            StoredPush.of(account, fields)
                    .filter(push -> fields.getOrDefault(BACKEND, backend).equals(backend))
                    .ifPresentOrElse(
                            push -> read.add(new Copy(id, push, 0, age, fields.containsKey(REPEATED))),
                            () -> unreadable.add(id));
        }
        return unreadable.isEmpty()
                ? Future.succeededFuture(read)
                : sent(account, backend, unreadable).map(read);
    }

    @Override
    public Future<Void> sent(String account, String backend, List<String> ids) {
        List<String> command = new ArrayList<>(List.of(key(account, "journal"), group(backend)));
        command.addAll(ids);
        return redis.send(LIMIT, "XACK", command.toArray(String[]::new)).mapEmpty();
    }

    @Override
    public Future<Void> failed(String account, String backend, String id, int attempts) {
        return redis.send(
                        LIMIT,
                        "XCLAIM",
                        key(account, "journal"),
                        group(backend),
                        SENDER,
                        "0",
                        id,
                        "RETRYCOUNT",
                        String.valueOf(attempts + 1),
                        "JUSTID")
                .mapEmpty();
    }

    @Override
    public Future<Void> bury(String account, String backend, Copy copy, int attempts, String error) {
        List<String> command = new ArrayList<>(List.of(
                key(account, "dead"),
                "MINID",
                "~",
                String.valueOf(clockMillis.getAsLong() - retention.keepDead().toMillis()),
                "*"));
        copy.push().fields().forEach((name, value) -> {
            command.add(name);
            command.add(value);
        });
        command.addAll(List.of("f", String.valueOf(attempts), "e", error, BACKEND, backend));
        return redis.send(LIMIT, "XADD", command.toArray(String[]::new))
                .compose(written -> sent(account, backend, List.of(copy.id())));
    }

    @Override
    public Future<Void> release(String account, String backend) {
        return redis.run(LIMIT, RELEASE, List.of(key(account, group(backend))), List.of(owner))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
