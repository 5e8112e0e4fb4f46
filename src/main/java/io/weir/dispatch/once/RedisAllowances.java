package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.util.List;

/**
 * The allowances that a fleet counts together, and an instance alone while Redis is away. An allowance is a key, {@code
 * weir:a:WHAT}, with the count and the time of the last.
 */
public final class RedisAllowances implements Allowances {
    private static final RedisScript TAKE = RedisScript.of("""
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            local count, last = 0, 0
            local row = redis.call('GET', KEYS[1])
            if row then
              count, last = string.match(row, '^(%d+)|(%d+)$')
              count, last = tonumber(count), tonumber(last)
              if now - tonumber(ARGV[3]) > last then count = 0 end
            end
            if count >= tonumber(ARGV[1]) then return 0 end
            redis.call('SET', KEYS[1], (count + 1) .. '|' .. string.format('%.0f', now), 'PX', ARGV[2])
            return 1
            """);

    private final RedisLink redis;
    private final MemoryAllowances own;

    /** @param own counts beside, for the time when Redis is away */
    public RedisAllowances(RedisLink redis, MemoryAllowances own) {
        this.redis = redis;
        this.own = own;
    }

    @Override
    public Future<Boolean> take(String what, int limit, Duration window, Duration granted) {
        List<String> arguments =
                List.of(String.valueOf(limit), String.valueOf(window.toMillis()), String.valueOf(granted.toMillis()));
        Future<Boolean> here = own.take(what, limit, window, granted);
        return redis.run(TAKE, List.of("weir:a:" + what), arguments)
                .map(taken -> taken.number() == 1)
                .recover(failure -> failure instanceof RedisException ? here : Future.failedFuture(failure));
    }
}
