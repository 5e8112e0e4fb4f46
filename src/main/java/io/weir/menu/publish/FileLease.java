package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.AccountConfig;
import io.weir.menu.diff.MenuException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

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
