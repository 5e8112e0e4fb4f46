package io.weir;

import io.vertx.core.Vertx;
import io.weir.client.CallCounts;
import io.weir.client.MemoryCallCounts;
import io.weir.client.RedisCallCounts;
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
 */
record SharedState(Optional<RedisLink> redis, TokenStore tokens, CallCounts counts) {
    static SharedState open(Vertx vertx, Optional<RedisConfig> config, Clock clock) {
        return config.map(configured -> inRedis(RedisLink.open(vertx, configured, RedisLimits.DEFAULT), clock))
                .orElseGet(() -> new SharedState(
                        Optional.empty(), new MemoryTokenStore(System::nanoTime), new MemoryCallCounts(clock)));
    }

    private static SharedState inRedis(RedisLink link, Clock clock) {
        return new SharedState(Optional.of(link), new RedisTokenStore(link), new RedisCallCounts(link, clock));
    }

    void close() {
        redis.ifPresent(RedisLink::close);
    }
}
