package io.weir;

import io.vertx.core.Vertx;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.RedisPushStore;
import io.weir.dispatch.once.SoloPushStore;
import io.weir.redis.FleetCounter;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisClock;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisFleetCounter;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.token.MemoryTokenStore;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the instances of a fleet share: in Redis, or, where none is configured, in the memory of the only one.
 *
 * @param redis the way to it; connects by itself, now and whenever it must
 * @param clock Redis's; empty without one
 * @param pushes who runs which push, and what was answered
 * @param allowances what may be done so often within a time
 */
record SharedState(
        Optional<RedisLink> redis,
        Optional<RedisClock> clock,
        TokenStore tokens,
        FleetCounter counts,
        PushStore pushes,
        FleetCounter allowances) {
    static SharedState open(Vertx vertx, Optional<RedisConfig> config, OnceLimits limits, Clock clock) {
        MemoryFleetCounter allowances = new MemoryFleetCounter(System::nanoTime);
        if (config.isEmpty()) {
            TokenStore tokens = new MemoryTokenStore(System::nanoTime);
            return new SharedState(
                    Optional.empty(),
                    Optional.empty(),
                    tokens,
                    new MemoryFleetCounter(System::nanoTime),
                    new SoloPushStore(),
                    allowances);
        }
        RedisLink link = RedisLink.open(vertx, config.get(), RedisLimits.DEFAULT);
        RedisClock time = new RedisClock(link, clock, System::nanoTime);
        LongSupplier skew = () -> time.machineAhead().orElse(Duration.ZERO).toMillis();
        return new SharedState(
                Optional.of(link),
                Optional.of(time),
                new RedisTokenStore(link),
                new RedisFleetCounter(link, new MemoryFleetCounter(System::nanoTime)),
                new RedisPushStore(link, limits, time::millis, skew),
                new RedisFleetCounter(link, allowances));
    }

    void close() {
        redis.ifPresent(RedisLink::close);
    }
}
