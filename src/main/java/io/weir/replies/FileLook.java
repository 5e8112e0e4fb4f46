package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a file again and again, since neither a time stamp nor a file-system event tells of every way in which editors and
 * mounts replace one. Reads off the event loop. On one event loop.
 */
public final class FileLook {
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Path path;
    private OptionalLong lastSeen = OptionalLong.empty();
    private OptionalLong given = OptionalLong.empty();
    private boolean looking;

    public FileLook(Vertx vertx, Path path) {
        this.vertx = vertx;
        this.path = path;
    }

    /**
     * Looks, unless it still does.
     *
     * @return the text, when this look and the one before it have found the same, since an earlier one may have come while it was
     *     written, and it is not the one that was given last; fails when the file cannot be read
     */
    public Future<Optional<byte[]>> look() {
        if (looking) {
            return Future.succeededFuture(Optional.empty());
        }
        looking = true;
        return vertx.executeBlocking(this::read, false)
                .onComplete(looked -> looking = false)
                .timeout(SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .map(this::seen)
                .onFailure(unreadable -> given = OptionalLong.empty());
    }

    private Optional<byte[]> seen(Seen seen) {
        lastSeen = OptionalLong.of(seen.digest);
        given = seen.text.isPresent() ? lastSeen : given;
        return seen.text;
    }

    /** What a look found; the text only when it is to be given. */
    private record Seen(long digest, Optional<byte[]> text) {}

    private Seen read() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path)
                    ? new IOException("it is no regular file")
                    : new NoSuchFileException(path.toString());
        }
        long digest = TextFile.digest(path);
        OptionalLong found = OptionalLong.of(digest);
        if (!found.equals(lastSeen) || found.equals(given)) {
            return new Seen(digest, Optional.empty());
        }
        byte[] text = TextFile.read(path);
        long now = FileText.digest(text);
        return new Seen(now, now == digest ? Optional.of(text) : Optional.empty());
    }
}
