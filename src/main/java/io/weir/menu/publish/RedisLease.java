package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import io.weir.menu.diff.MenuException;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A lease in Redis, for all instances and commands of a fleet; renewed before each change, it runs out by itself. */
final class RedisLease implements MenuLease {
    /** Several times what one call to WeChat may take. */
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

    private final RedisLink redis;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    RedisLease(RedisLink redis, LongSupplier nanoTime) {
        this.redis = redis;
        this.nanoTime = nanoTime;
    }

    @Override
    public <T> Future<T> exclusively(AccountConfig account, Function<Hold, Future<T>> work) {
        HeldLease held = new HeldLease(account);
        return redis.attempted()
                .compose(tried -> held.take())
                .compose(taken -> Future.succeededFuture()
                        .compose(now -> work.apply(held))
                        .eventually(held::release));
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

    /** One turn. */
    private final class HeldLease implements Hold {
        private final AccountConfig account;
        private final String key;
        private final String owner = UUID.randomUUID().toString();
        /** When Redis was last asked for it with success, on this machine's clock: it ends no earlier than one length after. */
        private volatile long since;

        private HeldLease(AccountConfig account) {
            this.account = account;
            this.key = "weir:{" + account.appId() + "}:menu:lease";
        }

        private Future<Void> take() {
            since = nanoTime.getAsLong();
            return redis.send("SET", key, owner, "NX", "PX", millis())
                    .recover(RedisLease::unavailable)
                    .compose(answer ->
                            answer.text().isPresent() ? Future.succeededFuture() : Future.failedFuture(busy(account)));
        }

        /** With Redis away it goes on for half of the time that it has for certain. */
        @Override
        public Future<Void> renew() {
            long now = nanoTime.getAsLong();
            return redis.run(RENEW, List.of(key), List.of(owner, millis()))
                    .map(answer -> answer.number() == 1)
                    .onSuccess(renewed -> since = now)
                    .recover(away -> Future.succeededFuture(now - since < LENGTH.toNanos() / 2))
                    .compose(mine -> mine ? Future.succeededFuture() : Future.failedFuture(lost()));
        }

        private MenuException lost() {
            return MenuException.of(
                    MenuException.Kind.BUSY,
                    "this took so long that another one may change the menus of account " + account.name() + " by now");
        }

        private Future<?> release() {
            return redis.run(RELEASE, List.of(key), List.of(owner));
        }
    }
}
