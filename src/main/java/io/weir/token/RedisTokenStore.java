package io.weir.token;

import io.vertx.core.Future;
import io.weir.config.Secret;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import io.weir.token.TokenStore.CredentialName;
import io.weir.token.TokenStore.FetchClaim;
import io.weir.token.TokenStore.Lease;
import io.weir.token.TokenStore.RefusalPause;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The store of a fleet. Each operation is one script; lives are remaining time against Redis's own clock. Fencing numbers
 * are that clock's microseconds, but always grow: so they go on growing when Redis comes back empty. Any thread.
 *
 * <p>Keys are {@code {appId}:access_token} with the value, {@code …:meta} with versions and {@code …:lease} with
 * its owner, or an exclamation mark and the reason of a cooldown; the braces keep them together in a cluster.
 */
public final class RedisTokenStore implements TokenStore {
    private static final String STORED = """
            local function stored()
              local value = redis.call('HMGET', KEYS[1], 'value', 'whole')
              local meta = redis.call('HMGET', KEYS[2], 'version', 'invalidated')
              return {value[1] or '', redis.call('PTTL', KEYS[1]), value[2] or '0', meta[1] or '0', meta[2] or '0'}
            end
            """;

    private static final RedisScript READ = RedisScript.of(STORED + "return stored()");

    private static final RedisScript LEASE = RedisScript.of(STORED + """
            local owner = redis.call('GET', KEYS[3])
            local cooling = owner and string.sub(owner, 1, 1) == '!'
            if owner and owner ~= ARGV[1] and not (cooling and ARGV[4] == 'true') then
              return {0, '0', redis.call('PTTL', KEYS[3]), stored(), cooling and string.sub(owner, 2) or ''}
            end
            local now = redis.call('TIME')
            local last = tonumber(redis.call('HGET', KEYS[2], 'fence') or '0')
            local fence = math.max(now[1] * 1000000 + now[2], last + 1, tonumber(ARGV[3]) + 1)
            local written = string.format('%.0f', fence)
            redis.call('HSET', KEYS[2], 'fence', written)
            redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
            return {1, written, 0, stored(), ''}
            """);

    private static final RedisScript WRITE = RedisScript.of("""
            if tonumber(ARGV[1]) <= tonumber(redis.call('HGET', KEYS[2], 'version') or '0') then
              return 0
            end
            redis.call('HSET', KEYS[1], 'value', ARGV[2], 'whole', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.call('HSET', KEYS[2], 'version', ARGV[1], 'written', redis.call('TIME')[1])
            return 1
            """);

    private static final RedisScript INVALIDATE = RedisScript.of(STORED + """
            local current = redis.call('HGET', KEYS[1], 'value')
            if not current or current == ARGV[1] then
              local version = redis.call('HGET', KEYS[2], 'version') or '0'
              if tonumber(ARGV[2]) > tonumber(version) then
                version = ARGV[2]
              end
              redis.call('DEL', KEYS[1])
              redis.call('HSET', KEYS[2], 'invalidated', version)
            end
            if current == ARGV[1] then
              local age = redis.call('TIME')[1] - tonumber(redis.call('HGET', KEYS[2], 'written') or '0')
              if age * 1000 >= tonumber(ARGV[3]) then
                redis.call('HSET', KEYS[2], 'refused', 1)
              else
                local before = redis.call('HINCRBY', KEYS[2], 'refused', 1) - 1
                local grown = math.min(ARGV[5], ARGV[4] * ARGV[6] ^ (before - 1))
                if before > 0 then
                  redis.call('SET', KEYS[3], '!' .. ARGV[8], 'PX', math.ceil(grown * (0.5 + ARGV[7] / 2)), 'NX')
                end
              end
            end
            return stored()
            """);

    private static final RedisScript RELEASE = RedisScript.of("""
            if redis.call('GET', KEYS[3]) == ARGV[1] and redis.call('HGET', KEYS[2], 'fence') == ARGV[2] then
              if tonumber(ARGV[3]) > 0 then
                redis.call('SET', KEYS[3], '!' .. ARGV[4], 'PX', ARGV[3])
              else
                redis.call('DEL', KEYS[3])
              end
            end
            return 0
            """);

    private final RedisLink redis;

    public RedisTokenStore(RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public Future<Stored> read(CredentialName name) {
        return redis.run(READ, keys(name), List.of()).map(RedisTokenStore::stored);
    }

    @Override
    public Future<Lease> lease(CredentialName name, FetchClaim claim) {
        List<String> arguments = List.of(
                claim.owner(), millis(claim.length()), String.valueOf(claim.known()), String.valueOf(claim.insists()));
        return redis.run(LEASE, keys(name), arguments).map(RedisTokenStore::leased);
    }

    @Override
    public Future<Boolean> write(CredentialName name, Secret value, Duration life, Duration wholeLife, long fence) {
        List<String> arguments = List.of(String.valueOf(fence), value.reveal(), millis(life), millis(wholeLife));
        return redis.run(WRITE, keys(name), arguments).map(written -> written.number() == 1);
    }

    @Override
    public Future<Stored> invalidate(CredentialName name, Secret value, long version, RefusalPause pause) {
        List<String> arguments = List.of(
                value.reveal(),
                String.valueOf(version),
                millis(pause.soon()),
                millis(pause.growth().first()),
                millis(pause.growth().longest()),
                String.valueOf(pause.growth().growth()),
                String.valueOf(pause.random()),
                Cooldown.REFUSED_AT_ONCE);
        return redis.run(INVALIDATE, keys(name), arguments).map(RedisTokenStore::stored);
    }

    @Override
    public Future<Void> release(CredentialName name, String owner, long fence, Cooldown cooldown) {
        List<String> arguments = List.of(
                owner, String.valueOf(fence), String.valueOf(cooldown.length().toMillis()), cooldown.reason());
        return redis.run(RELEASE, keys(name), arguments).mapEmpty();
    }

    private List<String> keys(CredentialName name) {
        String key = redis.key("{" + name.appId() + "}:" + name.kind().name().toLowerCase(Locale.ROOT));
        return List.of(key, key + ":meta", key + ":lease");
    }

    private static Lease leased(RedisAnswer answer) {
        List<RedisAnswer> parts = answer.items();
        return new Lease(
                parts.get(0).number() == 1,
                parts.get(1).number(),
                Duration.ofMillis(Math.max(0, parts.get(2).number())),
                parts.get(4).text().orElse(""),
                stored(parts.get(3)));
    }

    private static Stored stored(RedisAnswer answer) {
        List<RedisAnswer> parts = answer.items();
        Optional<Secret> value =
                parts.get(0).text().filter(text -> !text.isEmpty()).map(Secret::of);
        return new Stored(
                value,
                Duration.ofMillis(Math.max(0, parts.get(1).number())),
                Duration.ofMillis(parts.get(2).number()),
                parts.get(3).number(),
                parts.get(4).number());
    }

    /** At least one: Redis takes no expiry of 0. */
    private static String millis(Duration time) {
        return String.valueOf(Math.max(1, time.toMillis()));
    }
}
