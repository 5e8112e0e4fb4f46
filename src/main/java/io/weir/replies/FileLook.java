package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file again and again, since neither a time stamp nor a file-system event tells of every way in which editors and
 * mounts replace one. Reads off the event loop. On one event loop.
 */
public final class FileLook {
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Path path;
    private byte @Nullable [] lastSeen;
    private boolean looking;

    public FileLook(Vertx vertx, Path path) {
        this.vertx = vertx;
        this.path = path;
    }

    /**
     * Looks, unless it still does.
     *
     * @return the text, when this look and the one before it have found the same: an earlier one may have come while it was
     *     written; fails when the file cannot be read
     */
    public Future<Optional<byte[]>> look() {
        if (looking) {
            return Future.succeededFuture(Optional.empty());
        }
        looking = true;
        return vertx.executeBlocking(this::read, false)
                .onComplete(looked -> looking = false)
                .timeout(SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .map(this::settled);
    }

    private Optional<byte[]> settled(byte[] text) {
        boolean settled = Arrays.equals(text, lastSeen);
        lastSeen = text;
        return settled ? Optional.of(text) : Optional.empty();
    }

    private byte[] read() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path)
                    ? new IOException("it is no regular file")
                    : new NoSuchFileException(path.toString());
        }
        if (Files.size(path) > RepliesFile.MAX_BYTES) {
            throw new IOException("it is larger than 1 MiB");
        }
        return Files.readAllBytes(path);
    }
}
