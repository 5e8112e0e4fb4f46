package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.AccountConfig;
import io.weir.file.OwnedFolder;
import io.weir.menu.diff.MenuException;
import io.weir.redis.RedisException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Lets one at a time change the menus of an account. */
interface MenuLease {
    /**
     * Does the work while nobody else does any on that account.
     *
     * @return what the work returns; fails with {@link MenuException.Kind#BUSY} where another one is at it, and with {@link
     *     MenuException.Kind#UNAVAILABLE} where that cannot be known
     */
    <T> Future<T> exclusively(AccountConfig account, Function<Hold, Future<T>> work);

    /** What whoever works has in his hands. */
    interface Hold {
        /**
         * To be asked before each change: whoever has been frozen for a while may not be the only one any more.
         *
         * @return fails with {@link MenuException.Kind#BUSY} where that is so
         */
        Future<Void> renew();
    }

    /**
     * A lock of the operating system on a file in the folder of the backups: for the processes of one machine, and within one
     * process. It ends with the process at the latest; the empty file stays.
     */
    final class FileLease implements MenuLease {
        private final Vertx vertx;
        private final Path folder;

        FileLease(Vertx vertx, Path folder) {
            this.vertx = vertx;
            this.folder = folder;
        }

        @Override
        public <T> Future<T> exclusively(AccountConfig account, Function<Hold, Future<T>> work) {
            return vertx.executeBlocking(() -> lock(account), false)
                    .compose(lock -> Future.succeededFuture()
                            .compose(locked -> work.apply(Future::succeededFuture))
                            .eventually(() -> vertx.executeBlocking(() -> release(lock), false)));
        }

        private FileChannel lock(AccountConfig account) {
            try {
                OwnedFolder.make(folder);
                FileChannel channel = FileChannel.open(
                        folder.resolve("." + account.appId() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                return locked(channel, account);
            } catch (IOException e) {
                throw MenuException.of(
                        MenuException.Kind.UNAVAILABLE, "no lock can be had in " + folder + ": " + e.getMessage());
            }
        }

        private static FileChannel locked(FileChannel channel, AccountConfig account) throws IOException {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // Another one in this process.
            }
            channel.close();
            throw RedisLease.busy(account);
        }

        private static FileChannel release(FileChannel lock) throws IOException {
            lock.close();
            return lock;
        }
    }

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
                this.key = redis.key("{" + account.appId() + "}:menu:lease");
            }

            private Future<Void> take() {
                since = nanoTime.getAsLong();
                return redis.send("SET", key, owner, "NX", "PX", millis())
                        .recover(RedisLease::unavailable)
                        .compose(answer -> answer.text().isPresent()
                                ? Future.succeededFuture()
                                : Future.failedFuture(busy(account)));
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
                        "this took so long that another one may change the menus of account " + account.name()
                                + " by now");
            }

            private Future<?> release() {
                return redis.run(RELEASE, List.of(key), List.of(owner));
            }
        }
    }
}
