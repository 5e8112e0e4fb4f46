package io.weir.menu;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.AccountConfig;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** A lease in Redis, for all instances and commands of a fleet; renewed while the work lasts, it runs out by itself. */
final class RedisLease implements MenuLease {
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private static final RedisScript RENEW = RedisScript.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return 0
            """);

    private static final RedisScript RELEASE = RedisScript.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              return redis.call('DEL', KEYS[1])
            end
            return 0
            """);

    private final Vertx vertx;
    private final RedisLink redis;

    RedisLease(Vertx vertx, RedisLink redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    @Override
    public <T> Future<T> exclusively(AccountConfig account, Supplier<Future<T>> work) {
        String key = "weir:{" + account.appId() + "}:menu:lease";
        String owner = UUID.randomUUID().toString();
        return redis.attempted()
                .compose(tried -> redis.send("SET", key, owner, "NX", "PX", millis()))
                .recover(RedisLease::unavailable)
                .compose(answer -> answer.text().isPresent()
                        ? held(List.of(key), owner, work)
                        : Future.failedFuture(busy(account)));
    }

    private <T> Future<T> held(List<String> key, String owner, Supplier<Future<T>> work) {
        long renewal =
                vertx.setPeriodic(LENGTH.toMillis() / 3, tick -> redis.run(RENEW, key, List.of(owner, millis())));
        return Future.succeededFuture().compose(leased -> work.get()).eventually(() -> {
            vertx.cancelTimer(renewal);
            return redis.run(RELEASE, key, List.of(owner));
        });
    }

    static MenuException busy(AccountConfig account) {
        return MenuException.of(
                MenuException.Kind.BUSY,
                "somebody else is changing the menus of account " + account.name()
                        + " right now; nothing was changed. Make a new plan when that is done.");
    }

    private static <T> Future<T> unavailable(Throwable failure) {
        return Future.failedFuture(
                failure instanceof RedisException away
                        ? MenuException.of(
                                MenuException.Kind.UNAVAILABLE,
                                "Redis keeps two from changing menus at once, and it cannot be asked: "
                                        + away.getMessage() + ". Nothing was changed.")
                        : failure);
    }

    private static String millis() {
        return String.valueOf(LENGTH.toMillis());
    }
}
