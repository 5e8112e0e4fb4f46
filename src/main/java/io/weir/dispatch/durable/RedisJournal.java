package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The journal and the dead letters of each account, as {@link RedisWork} and {@link RedisCopies} have written them, for whoever looks
 * them up or has them handled again. An id says when its entry was written, in milliseconds since 1970. Futures fail where Redis does.
 * Any thread.
 */
final class RedisJournal implements DurableJournal {
    private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,10}");

    /** The field of an entry of work that an operator has asked for. */
    static final String REPLAY = "r";

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 50;

    /**
     * KEYS: work, dead. ARGV: this instance, an age beyond the lease in milliseconds, the id of a dead letter or nothing, the fields.
     * Nobody handles it yet: whoever looks first takes it over. The dead letter goes with it.
     */
    private static final RedisScript AGAIN = RedisScript.of("""
            if ARGV[3] ~= '' and #redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3]) == 0 then return '' end
            local fields = {}
            for i = 4, #ARGV do fields[#fields + 1] = ARGV[i] end
            local id = redis.call('XADD', KEYS[1], '*', unpack(fields))
            local given = redis.pcall('XCLAIM', KEYS[1], 'weir', ARGV[1], 0, id, 'IDLE', ARGV[2], 'FORCE', 'JUSTID')
            if given.err then
              redis.call('XGROUP', 'CREATE', KEYS[1], 'weir', '0')
              redis.call('XCLAIM', KEYS[1], 'weir', ARGV[1], 0, id, 'IDLE', ARGV[2], 'FORCE', 'JUSTID')
            end
            if ARGV[3] ~= '' then redis.call('XDEL', KEYS[2], ARGV[3]) end
            return id
            """);

    private final RedisLink redis;
    private final String owner;
    private final Map<String, String> appIds;

    /** As {@link RedisWork} for the same accounts. */
    RedisJournal(RedisLink redis, String owner, Map<String, String> appIds) {
        this.redis = redis;
        this.owner = owner;
        this.appIds = appIds;
    }

    @Override
    public Set<String> accounts() {
        return appIds.keySet();
    }

    @Override
    public boolean isDeadOnly() {
        return false;
    }

    @Override
    public boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The first of its millisecond, or the last as the end of a range. */
    private static String id(Instant at) {
        return String.valueOf(Math.max(0, at.toEpochMilli()));
    }

    private String key(String account, boolean dead) {
        return redis.key("{" + appIds.get(account) + "}:" + (dead ? "dead" : "journal"));
    }

    @Override
    public Future<Page> list(Range range, Optional<String> before, int most) {
        return list(range, before, most, new ArrayList<>(), MOST_PAGES);
    }

    private Future<Page> list(Range range, Optional<String> before, int most, List<Entry> found, int pages) {
        String end = before.map(id -> "(" + id).orElse(id(range.to()));
        return read("XREVRANGE", range, end, id(range.from())).compose(page -> {
            for (Entry entry : page.entries()) {
                if (range.has(entry)) {
                    found.add(entry);
                    if (found.size() == most) {
                        return Future.succeededFuture(new Page(found, Optional.of(entry.id())));
                    }
                }
            }
            return page.next().isEmpty() || pages == 1
                    ? Future.succeededFuture(new Page(found, page.next()))
                    : list(range, page.next(), most, found, pages - 1);
        });
    }

    @Override
    public Future<List<String>> ids(Range range, int most) {
        return ids(range, id(range.from()), most, new ArrayList<>());
    }

    private Future<List<String>> ids(Range range, String start, int most, List<String> found) {
        return read("XRANGE", range, start, id(range.to())).compose(page -> {
            page.entries().stream()
                    .filter(range::has)
                    .limit((long) most - found.size())
                    .forEach(entry -> found.add(entry.id()));
            return page.next().isEmpty() || found.size() >= most
                    ? Future.succeededFuture(found)
                    : ids(range, "(" + page.next().get(), most, found);
        });
    }

    /** What another version has written is left out. */
    private Future<Page> read(String command, Range range, String from, String to) {
        String key = key(range.account(), range.dead());
        return redis.send(LIMIT, command, key, from, to, "COUNT", String.valueOf(PAGE))
                .map(answer -> {
                    List<RedisAnswer> all = answer.items();
                    Optional<String> last = all.size() < PAGE
                            ? Optional.empty()
                            : all.get(PAGE - 1).items().get(0).text();
                    return new Page(
                            all.stream()
                                    .flatMap(each -> entry(range.account(), each).stream())
                                    .toList(),
                            last);
                });
    }

    private static Optional<Entry> entry(String account, RedisAnswer entry) {
        List<RedisAnswer> idAndFields = entry.items();
        String id = idAndFields.get(0).text().orElse("");
        Map<String, String> fields = idAndFields.get(1).fields();
        return StoredPush.of(account, fields)
                .map(push -> new Entry(
                        id,
                        Instant.ofEpochMilli(RedisWork.millis(id)),
                        push,
                        fields.getOrDefault("f", "").matches("\\d{1,9}") ? Integer.parseInt(fields.get("f")) : 0,
                        fields.getOrDefault("e", ""),
                        fields.getOrDefault(RedisCopies.BACKEND, "")));
    }

    @Override
    public Future<Optional<Entry>> find(String account, boolean dead, String id) {
        return redis.send(LIMIT, "XRANGE", key(account, dead), id, id)
                .map(answer -> answer.items().stream()
                        .flatMap(each -> entry(account, each).stream())
                        .findFirst());
    }

    @Override
    public Future<Boolean> handleAgain(Entry entry, boolean dead) {
        String account = entry.push().account();
        List<String> arguments = new ArrayList<>(List.of(
                owner,
                String.valueOf(DurableWork.LEASE.multipliedBy(2).toMillis()),
                dead ? entry.id() : "",
                REPLAY,
                "1"));
        entry.push().fields().forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        List<String> keys = List.of(redis.key("{" + appIds.get(account) + "}:work"), key(account, true));
        return redis.run(LIMIT, AGAIN, keys, arguments)
                .map(id -> !id.text().orElse("").isEmpty());
    }

    @Override
    public Future<Void> forgetDead(String account, String id) {
        return redis.send(LIMIT, "XDEL", key(account, true), id).mapEmpty();
    }
}
