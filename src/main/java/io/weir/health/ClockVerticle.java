package io.weir.health;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.redis.RedisClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks Redis for its time every second, so that a failover's new clock is known soon, and looks at the machine's. One instance. */
public final class ClockVerticle extends VerticleBase {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How long a start waits for Redis's time; the machine's clock does until it is known. */
    private static final Duration FIRST = Duration.ofMillis(1_500);

    private final Optional<RedisClock> redis;
    private final Future<Void> attempted;
    private final ClockCheck check;

    /** @param attempted when Redis may be asked for the first time */
    public ClockVerticle(Optional<RedisClock> redis, Future<Void> attempted, ClockCheck check) {
        this.redis = redis;
        this.attempted = attempted;
        this.check = check;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(PERIOD.toMillis(), id -> ask());
        return attempted
                .compose(tried -> ask())
                .timeout(FIRST.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private Future<Void> ask() {
        return redis.map(RedisClock::ask)
                .orElseGet(Future::succeededFuture)
                .otherwiseEmpty()
                .onSuccess(asked -> check.look());
    }
}
