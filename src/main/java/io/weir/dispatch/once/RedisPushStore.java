package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;

/**
 * What the instances of a fleet know of each other's pushes, in plain commands where one is enough; all keys stand alone, so that
 * none needs another's slot.
 *
 * <p>A push is one key, {@code p:ID} behind the configured prefix, with its {@link Row} as text. The age of a row is the time since
 * Redis has given it its time to live. Replay keys lie in hashes that are small enough for Redis to keep them as lists, {@code
 * k:MINUTE:PART}: the key to the digest of the body and the second of its use, all in base 36, some 40 bytes for each. A hash is
 * forgotten a window after the timestamps of its minute are refused by every clock that this instance knows.
 *
 * <p>Needs {@code maxmemory-policy noeviction}: a key without a row means that the answer has expired.
 */
public final class RedisPushStore implements PushStore {
    private static final Future<KeyUse> NEW = Future.succeededFuture(KeyUse.NEW);
    private static final int PARTS_OF_A_MINUTE = 1_024;
    private static final int SECONDS = 60;
    private static final int MAX_MINUTES = 64;
    private static final long EXPIRE_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();
    /** As long as an attempt can wait at all: a late answer is of use still. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** KEYS: the row. ARGV: what is expected, how it is compared, the next row or nothing, how long to keep it. */
    private static final RedisScript REPLACE = RedisScript.of("""
            local row = redis.call('GET', KEYS[1])
            local expected = ARGV[1]
            local fits
            if ARGV[2] == 'EXACT' then fits = (row or '') == expected
            else fits = row and string.sub(row, 1, #expected) == expected or not row and ARGV[2] == 'PREFIX_OR_FREE' end
            if not fits then return row or '' end
            if ARGV[3] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4]) end
            return 1
            """);

    private final RedisLink redis;
    private final OnceLimits limits;
    private final LongSupplier clockMillis;
    private final LongSupplier skewMillis;
    private final String kept;
    private final String rows;
    private final String hashes;
    /** Which hashes were given their time to live lately, by minute: the second of that for each part. */
    private final Map<Long, AtomicIntegerArray> expiring = new ConcurrentHashMap<>();

    /**
     * A store.
     *
     * @param clockMillis Redis's time, in milliseconds since 1970
     * @param skewMillis how far the machine's clock is from it
     */
    public RedisPushStore(RedisLink redis, OnceLimits limits, LongSupplier clockMillis, LongSupplier skewMillis) {
        this.redis = redis;
        this.limits = limits;
        this.clockMillis = clockMillis;
        this.skewMillis = skewMillis;
        this.kept = String.valueOf(limits.kept().toMillis());
        this.rows = redis.key("p:");
        this.hashes = redis.key("k:");
    }

    @Override
    public Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
        KeyField field = field(key);
        Future<RedisAnswer> both = redis.sendBoth(
                LONGEST, List.of("SET", key(id), mine.text(), "NX", "GET", "PX", kept), field.setIfAbsent());
        return both.transform(done -> {
            // Not before: in a cluster the hash is not there until the row is.
            expire(key, field.hash);
            return done.succeeded() ? claimed(done.result().items(), key, field) : Future.failedFuture(done.cause());
        });
    }

    private Future<ClaimResult> claimed(List<RedisAnswer> rowAndKey, ReplayKey key, KeyField field) {
        Optional<Row> row = rowAndKey.get(0).text().map(this::row);
        return use(rowAndKey.get(1), key, field).map(use -> new ClaimResult(row, use));
    }

    @Override
    public Future<Found> find(PushId id) {
        Future<Optional<Row>> there =
                redis.send(LONGEST, "GET", key(id)).map(answer -> answer.text().map(this::row));
        return redis.send(LONGEST, "PTTL", key(id))
                .compose(left -> there.map(row -> new Found(row, age(left.number()))));
    }

    /** Of a row that Redis keeps so much longer. */
    private Duration age(long millisLeft) {
        return millisLeft < 0
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, limits.kept().toMillis() - millisLeft));
    }

    @Override
    public Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
        List<String> arguments = List.of(
                expected.text(), expected.how().name(), next.map(Row::text).orElse(""), kept);
        return redis.run(LONGEST, REPLACE, List.of(key(id)), arguments).map(this::swap);
    }

    private Swap swap(RedisAnswer answer) {
        String text = answer.text().orElse("");
        if (text.equals("1")) {
            return Swap.WRITTEN;
        }
        return new Swap(false, text.isEmpty() ? Optional.empty() : Optional.of(row(text)));
    }

    @Override
    public Future<KeyUse> use(ReplayKey key) {
        KeyField field = field(key);
        List<String> command = field.setIfAbsent();
        Future<RedisAnswer> set = redis.send(
                LONGEST, command.get(0), command.subList(1, command.size()).toArray(String[]::new));
        expire(key, field.hash);
        return set.compose(isNew -> use(isNew, key, field));
    }

    private Future<KeyUse> use(RedisAnswer isNew, ReplayKey key, KeyField field) {
        return isNew.number() == 1
                ? NEW
                : redis.send(LONGEST, "HGET", field.hash, field.name)
                        .map(value -> value.text().map(text -> use(text, key)).orElse(KeyUse.RECENT));
    }

    /** Where a replay key lies, and what is to stand there. */
    private record KeyField(String hash, String name, String value) {
        List<String> setIfAbsent() {
            return List.of("HSETNX", hash, name, value);
        }
    }

    private KeyField field(ReplayKey key) {
        String value = base36(key.digest()).concat(" ").concat(base36(clockMillis.getAsLong() / 1_000));
        return new KeyField(hash(key), base36(key.hash()), value);
    }

    private KeyUse use(String value, ReplayKey key) {
        try {
            int blank = value.indexOf(' ');
            long digest = Long.parseLong(value.substring(0, blank), Character.MAX_RADIX);
            long seconds = Long.parseLong(value.substring(blank + 1), Character.MAX_RADIX);
            Duration age = Duration.ofMillis(clockMillis.getAsLong() - seconds * 1_000);
            return KeyUse.of(digest, key).after(age, limits);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw foreign();
        }
    }

    /** Gives a hash its time to live, once in a while. */
    private void expire(ReplayKey key, String hash) {
        long minute = key.seconds() / SECONDS;
        if (expiring.size() > MAX_MINUTES) {
            expiring.clear();
        }
        AtomicIntegerArray parts = expiring.computeIfAbsent(minute, each -> new AtomicIntegerArray(PARTS_OF_A_MINUTE));
        int now = (int) (System.nanoTime() / EXPIRE_AGAIN_NANOS) | 1;
        if (parts.getAndSet(part(key), now) != now) {
            long end = (minute + 1) * SECONDS * 1_000 + 2 * limits.window().toMillis();
            long left = Math.max(1_000, end - clockMillis.getAsLong() + Math.abs(skewMillis.getAsLong()));
            redis.send(LONGEST, "PEXPIRE", hash, Long.toString(left)).onComplete(set -> {
                if (set.failed() || set.result().number() != 1) {
                    parts.compareAndSet(part(key), now, 0);
                }
            });
        }
    }

    private Row row(String text) {
        return Row.parse(text).orElseThrow(this::foreign);
    }

    private RedisException foreign() {
        RedisException fault = RedisException.otherVersion("a push's row or replay key");
        redis.report(fault);
        return fault;
    }

    private String key(PushId id) {
        return rows.concat(id.text());
    }

    private String hash(ReplayKey key) {
        return hashes.concat(base36(key.seconds() / SECONDS)).concat(":").concat(base36(part(key)));
    }

    private static int part(ReplayKey key) {
        return (int) Math.floorMod(key.hash(), (long) PARTS_OF_A_MINUTE);
    }

    private static String base36(long number) {
        return Long.toString(number, Character.MAX_RADIX);
    }
}
