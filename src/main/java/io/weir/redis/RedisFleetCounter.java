package io.weir.redis;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Counts of a fleet, in Redis. A count is a key, {@code count:NAME}, with the number and the time of the last. While Redis
 * is away, this instance counts what it takes by itself: from a tenth of each budget, so that ten instances together stay
 * within it, and where the window begins anew with each one, from the whole. Any thread.
 */
public final class RedisFleetCounter implements FleetCounter {
    private static final int SHARE = 10;

    /** Without a time of the grant the window is that of the first one taken. */
    private static final RedisScript TAKE = RedisScript.of("""
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            local count, last, left = 0, 0, tonumber(ARGV[2])
            local row = redis.call('GET', KEYS[1])
            if row then
              count, last = string.match(row, '^(%d+)|(%d+)$')
              count, last = tonumber(count), tonumber(last)
              if ARGV[3] == '' then
                left = math.max(1, redis.call('PTTL', KEYS[1]))
              elseif now - tonumber(ARGV[3]) > last then
                count = 0
              end
            end
            if count >= tonumber(ARGV[1]) then return 0 end
            redis.call('SET', KEYS[1], (count + 1) .. '|' .. string.format('%.0f', now), 'PX', left)
            return 1
            """);

    private final RedisLink redis;
    private final MemoryFleetCounter own;

    /** @param own of this instance, for the time when Redis is away */
    public RedisFleetCounter(RedisLink redis, MemoryFleetCounter own) {
        this.redis = redis;
        this.own = own;
    }

    @Override
    public Future<Boolean> take(String name, long limit, Duration window) {
        return shared()
                ? taken(name, limit, window, "").recover(away -> own.take(name, Math.max(1, limit / SHARE), window))
                : own.take(name, limit, window);
    }

    @Override
    public Future<Boolean> takeSince(String name, long limit, Duration window, Duration granted) {
        Future<Boolean> here = own.takeSince(name, limit, window, granted);
        return taken(name, limit, window, String.valueOf(granted.toMillis()))
                .recover(failure -> failure instanceof RedisException ? here : Future.failedFuture(failure));
    }

    private Future<Boolean> taken(String name, long limit, Duration window, String granted) {
        List<String> arguments = List.of(String.valueOf(limit), String.valueOf(window.toMillis()), granted);
        return redis.run(TAKE, List.of(key(name)), arguments).map(taken -> taken.number() == 1);
    }

    @Override
    public Future<Long> taken(String name) {
        return redis.send("GET", key(name))
                .map(count -> count.text()
                        .map(row -> Long.parseLong(row.substring(0, row.indexOf('|'))))
                        .orElse(0L))
                .recover(away -> own.taken(name));
    }

    @Override
    public boolean shared() {
        return !redis.isAway();
    }

    private String key(String name) {
        return redis.key("count:" + name);
    }
}
