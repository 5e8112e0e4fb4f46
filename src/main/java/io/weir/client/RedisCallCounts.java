package io.weir.client;

import io.vertx.core.Future;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Counts of a fleet, in Redis. While that is away, this instance counts what it takes by itself, from a tenth of each
 * budget: ten instances together then stay within it. Any thread.
 */
public final class RedisCallCounts implements CallCounts {
    private static final int SHARE = 10;

    private static final RedisScript TAKE = RedisScript.of("""
            if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
              return 0
            end
            if redis.call('INCR', KEYS[1]) == 1 then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return 1
            """);

    private final RedisLink redis;
    private final MemoryCallCounts own;

    /** @param clock of the counts that are kept here while Redis is away */
    public RedisCallCounts(RedisLink redis, Clock clock) {
        this.redis = redis;
        this.own = new MemoryCallCounts(clock);
    }

    @Override
    public Future<Boolean> take(String name, long limit, Duration window) {
        if (!shared()) {
            return own.take(name, limit, window);
        }
        List<String> arguments = List.of(Long.toString(limit), Long.toString(window.toMillis()));
        return redis.run(TAKE, List.of(key(name)), arguments)
                .map(taken -> taken.number() == 1)
                .recover(away -> own.take(name, Math.max(1, limit / SHARE), window));
    }

    @Override
    public Future<Long> taken(String name) {
        return redis.send("GET", key(name))
                .map(count -> count.text().map(Long::parseLong).orElse(0L))
                .recover(away -> own.taken(name));
    }

    @Override
    public boolean shared() {
        return !redis.isAway();
    }

    private static String key(String name) {
        return "weir:count:" + name;
    }
}
