package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.dispatch.once.PushStore.Settled.Open;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.List;

/**
 * What the instances of a fleet know of each other's pushes. Each operation is one script, and one round trip; all times are
 * Redis's own.
 *
 * <p>A push is one key, {@code weir:p:ID}, a text in one of two forms:
 *
 * <pre>
 *   r HOLDER | END-OF-LEASE | ARRIVALS             it is being run
 *   a FLAG HOLDER | DECIDED | ARRIVALS | ANSWER    it has an answer
 * </pre>
 *
 * <p>Times are milliseconds since 1970; arrivals are the first of them and the distance of the others, up to eight. FLAG is
 * {@code -} while no attempt has taken the answer, {@code t} when one has, {@code l} when it was released to be sent in
 * another way. Stamps lie in hashes that are small enough for Redis to keep them as lists, {@code weir:n:MINUTE:PART}: some
 * 25 bytes for each, forgotten when the timestamp alone refuses them.
 */
public final class RedisPushStore implements PushStore {
    private static final int PARTS_OF_A_MINUTE = 1_024;
    private static final int SECONDS = 60;

    private static final String COMMON = """
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            local row = redis.call('GET', KEYS[1])
            local function attempts(arrivals, apart)
              local first, count, start, at = 0, 1, 0, 0
              for arrival in string.gmatch(arrivals, '%d+') do
                if first == 0 then first = 1 else
                  at = tonumber(arrival)
                  if at - start >= apart then
                    count = count + 1
                    start = at
                  end
                end
              end
              return count
            end
            local function arrived(arrivals)
              local _, further = string.gsub(arrivals, '+', '')
              if further >= 7 then return arrivals end
              return arrivals .. '+' .. (now - tonumber(string.match(arrivals, '^%d+')))
            end
            local function running()
              return string.match(row, '^r(.-)|(%d+)|(.*)$')
            end
            local function answered()
              return string.match(row, '^a(.)(.-)|(%d+)|(.-)|(.*)$')
            end
            local function run(holder, lease, arrivals, keep)
              redis.call('SET', KEYS[1], 'r' .. holder .. '|' .. (now + lease) .. '|' .. arrivals, 'PX', keep)
            end
            local function answer(flag, holder, arrivals, text, keep)
              redis.call('SET', KEYS[1], 'a' .. flag .. holder .. '|' .. now .. '|' .. arrivals .. '|' .. text, 'PX', keep)
            end
            """;

    /** ARGV: holder, lease, how long to keep, apart, asking, stamp, push, end of the stamp, success. */
    private static final RedisScript CLAIM = RedisScript.of(COMMON + """
            local asking = ARGV[5]
            if asking ~= 'WAITING' then
              local known = redis.call('HGET', KEYS[2], ARGV[6])
              if known and known ~= ARGV[7] then return {'forged'} end
              if not known then
                redis.call('HSET', KEYS[2], ARGV[6], ARGV[7])
                redis.call('PEXPIREAT', KEYS[2], ARGV[8])
              end
            end
            if not row then
              run(ARGV[1], ARGV[2], string.format('%.0f', now), ARGV[3])
              return {'started', 1, 0}
            end
            local apart = tonumber(ARGV[4])
            if string.sub(row, 1, 1) == 'a' then
              local flag, holder, decided, arrivals, text = answered()
              if asking ~= 'WAITING' then arrivals = arrived(arrivals) end
              if flag == '-' and text ~= ARGV[9] then flag = 't' end
              local changed = 'a' .. flag .. holder .. '|' .. decided .. '|' .. arrivals .. '|' .. text
              redis.call('SET', KEYS[1], changed, 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
              return {'finished', attempts(arrivals, apart), text}
            end
            local holder, lease, arrivals = running()
            if asking ~= 'WAITING' then arrivals = arrived(arrivals) end
            local gone = tonumber(lease) < now and asking ~= 'ARRIVED_AT_OWNER'
            if gone or (asking == 'WAITING' and holder == ARGV[1]) then
              run(ARGV[1], ARGV[2], arrivals, ARGV[3])
              return {'started', attempts(arrivals, apart), 1}
            end
            if asking ~= 'WAITING' then run(holder, tonumber(lease) - now, arrivals, ARGV[3]) end
            return {'running', attempts(arrivals, apart)}
            """);

    /** ARGV: holder, lease, how long to keep. */
    private static final RedisScript RENEW = RedisScript.of(COMMON + """
            if not row then
              run(ARGV[1], ARGV[2], string.format('%.0f', now), ARGV[3])
              return 1
            end
            if string.sub(row, 1, 1) == 'a' then return 0 end
            local holder, lease, arrivals = running()
            if holder ~= ARGV[1] then return 0 end
            run(holder, ARGV[2], arrivals, ARGV[3])
            return 1
            """);

    /** ARGV: holder, how long to keep, flag, answer. */
    private static final RedisScript SETTLE = RedisScript.of(COMMON + """
            if not row then
              answer(ARGV[3], ARGV[1], string.format('%.0f', now), ARGV[4], ARGV[2])
              return {'said'}
            end
            if string.sub(row, 1, 1) == 'a' then
              local flag, holder, decided, arrivals, text = answered()
              return {'otherwise', text}
            end
            local holder, lease, arrivals = running()
            if holder ~= ARGV[1] then return {'open'} end
            answer(ARGV[3], holder, arrivals, ARGV[4], ARGV[2])
            return {'said'}
            """);

    /** ARGV: attempt, how long to keep, apart, success. */
    private static final RedisScript ACKNOWLEDGE = RedisScript.of(COMMON + """
            if not row then
              answer('-', '', string.format('%.0f', now), ARGV[4], ARGV[2])
              return {'said'}
            end
            if string.sub(row, 1, 1) == 'a' then
              local flag, holder, decided, arrivals, text = answered()
              return {'otherwise', text}
            end
            local holder, lease, arrivals = running()
            if attempts(arrivals, tonumber(ARGV[3])) > tonumber(ARGV[1]) then return {'open'} end
            answer('-', holder, arrivals, ARGV[4], ARGV[2])
            return {'said'}
            """);

    /** ARGV: holder, how long to keep, success. */
    private static final RedisScript RELEASE = RedisScript.of(COMMON + """
            if not row then
              answer('l', ARGV[1], string.format('%.0f', now), ARGV[3], ARGV[2])
              return 1
            end
            if string.sub(row, 1, 1) == 'r' then
              local holder, lease, arrivals = running()
              if holder ~= ARGV[1] then return 0 end
              answer('l', holder, arrivals, ARGV[3], ARGV[2])
              return 1
            end
            local flag, holder, decided, arrivals, text = answered()
            if flag ~= '-' or holder ~= ARGV[1] then return 0 end
            answer('l', holder, arrivals, ARGV[3], ARGV[2])
            return 1
            """);

    /** Milliseconds since each arrival. */
    private static final RedisScript ARRIVALS = RedisScript.of(COMMON + """
            if not row then return {} end
            local _, arrivals
            if string.sub(row, 1, 1) == 'a' then _, _, _, arrivals = answered() else _, _, arrivals = running() end
            local ages = {}
            for arrival in string.gmatch(arrivals, '%d+') do
              ages[#ages + 1] = #ages == 0 and now - tonumber(arrival) or ages[1] - tonumber(arrival)
            end
            return ages
            """);

    private final RedisLink redis;
    private final OnceLimits limits;

    public RedisPushStore(RedisLink redis, OnceLimits limits) {
        this.redis = redis;
        this.limits = limits;
    }

    @Override
    public Future<Claimed> claim(PushId id, Stamp stamp, String holder, Asking asking) {
        List<String> arguments = List.of(
                holder,
                millis(limits.lease()),
                millis(limits.unfinished()),
                millis(limits.apart()),
                asking.name(),
                Long.toString(stamp.hash(), Character.MAX_RADIX),
                Long.toString(id.high(), Character.MAX_RADIX),
                String.valueOf(end(stamp)),
                ReplyWriter.SUCCESS);
        return redis.run(CLAIM, List.of(key(id), key(stamp)), arguments).map(RedisPushStore::claimed);
    }

    @Override
    public Future<Boolean> renew(PushId id, String holder) {
        return redis.run(RENEW, keys(id), List.of(holder, millis(limits.lease()), millis(limits.unfinished())))
                .map(RedisPushStore::isYes);
    }

    @Override
    public Future<Settled> settle(PushId id, String holder, String answer, boolean taken) {
        return redis.run(SETTLE, keys(id), List.of(holder, millis(limits.kept()), taken ? "t" : "-", answer))
                .map(RedisPushStore::settled);
    }

    @Override
    public Future<Settled> acknowledge(PushId id, int attempt) {
        List<String> arguments =
                List.of(String.valueOf(attempt), millis(limits.kept()), millis(limits.apart()), ReplyWriter.SUCCESS);
        return redis.run(ACKNOWLEDGE, keys(id), arguments).map(RedisPushStore::settled);
    }

    @Override
    public Future<Boolean> release(PushId id, String holder) {
        return redis.run(RELEASE, keys(id), List.of(holder, millis(limits.kept()), ReplyWriter.SUCCESS))
                .map(RedisPushStore::isYes);
    }

    @Override
    public Future<List<Duration>> arrivals(PushId id) {
        return redis.run(ARRIVALS, keys(id), List.of())
                .map(answer -> answer.items().stream()
                        .map(RedisAnswer::number)
                        .map(Duration::ofMillis)
                        .toList());
    }

    private static Claimed claimed(RedisAnswer answer) {
        List<RedisAnswer> items = answer.items();
        return switch (word(items)) {
            case "started" -> new Started(attempt(items), items.get(2).number() == 1);
            case "running" -> new Running(attempt(items));
            case "finished" -> new Finished(attempt(items), items.get(2).text().orElseThrow());
            case "forged" -> new Forged();
            default -> throw new IllegalStateException("the script of a claim answered " + word(items));
        };
    }

    private static Settled settled(RedisAnswer answer) {
        List<RedisAnswer> items = answer.items();
        return switch (word(items)) {
            case "said" -> new Settled.AsSaid();
            case "open" -> new Open();
            case "otherwise" -> new Otherwise(items.get(1).text().orElseThrow());
            default -> throw new IllegalStateException("the script of an answer answered " + word(items));
        };
    }

    private static String word(List<RedisAnswer> items) {
        return items.isEmpty() ? "nothing" : items.get(0).text().orElse("nil");
    }

    private static int attempt(List<RedisAnswer> items) {
        return (int) items.get(1).number();
    }

    private static boolean isYes(RedisAnswer answer) {
        return answer.number() == 1;
    }

    private long end(Stamp stamp) {
        long endOfMinute = (stamp.seconds() / SECONDS + 1) * SECONDS;
        return endOfMinute * 1_000 + limits.window().toMillis();
    }

    private static List<String> keys(PushId id) {
        return List.of(key(id));
    }

    private static String key(PushId id) {
        return "weir:p:" + id.text();
    }

    private static String key(Stamp stamp) {
        long part = Math.floorMod(stamp.hash(), (long) PARTS_OF_A_MINUTE);
        return "weir:n:" + Long.toString(stamp.seconds() / SECONDS, Character.MAX_RADIX) + ":"
                + Long.toString(part, Character.MAX_RADIX);
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }
}
