package io.weir;

import io.vertx.core.Vertx;
import io.weir.client.CallCounts;
import io.weir.client.MemoryCallCounts;
import io.weir.client.RedisCallCounts;
import io.weir.dispatch.once.Allowances;
import io.weir.dispatch.once.FallbackPushStore;
import io.weir.dispatch.once.MemoryAllowances;
import io.weir.dispatch.once.MemoryPushStore;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.RedisAllowances;
import io.weir.dispatch.once.RedisPushStore;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.token.MemoryTokenStore;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenStore;
import java.time.Clock;
import java.util.Optional;

/**
 * What the instances of a fleet share: in Redis, or, where none is configured, in the memory of the only one.
 *
 * @param redis the way to it; connects by itself, now and whenever it must
 * @param pushes who runs which push, and what was answered
 * @param allowances what may be done so often within a time
 */
record SharedState(
        Optional<RedisLink> redis, TokenStore tokens, CallCounts counts, PushStore pushes, Allowances allowances) {
    static SharedState open(Vertx vertx, Optional<RedisConfig> config, OnceLimits limits, Clock clock) {
        MemoryPushStore pushes = new MemoryPushStore(limits, System::nanoTime);
        MemoryAllowances allowances = new MemoryAllowances(System::nanoTime);
        if (config.isEmpty()) {
            TokenStore tokens = new MemoryTokenStore(System::nanoTime);
            return new SharedState(Optional.empty(), tokens, new MemoryCallCounts(clock), pushes, allowances);
        }
        RedisLink link = RedisLink.open(vertx, config.get(), RedisLimits.DEFAULT);
        return new SharedState(
                Optional.of(link),
                new RedisTokenStore(link),
                new RedisCallCounts(link, clock),
                new FallbackPushStore(new RedisPushStore(link, limits), pushes),
                new RedisAllowances(link, allowances));
    }

    void close() {
        redis.ifPresent(RedisLink::close);
    }
}
