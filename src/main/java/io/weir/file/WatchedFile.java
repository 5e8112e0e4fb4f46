package io.weir.file;

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
 * A file whose changes are taken in while Weir runs. Looks at it again and again, since neither a time stamp nor a file-system
 * event tells of every way in which editors and mounts replace one. Reads off the event loop. On one event loop.
 */
public final class WatchedFile {
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Path path;
    private OptionalLong lastSeen = OptionalLong.empty();
    private OptionalLong given = OptionalLong.empty();
    private boolean looking;
    private String trouble = "";

    public WatchedFile(Vertx vertx, Path path) {
        this.vertx = vertx;
        this.path = path;
    }

    /**
     * What becomes of a new text.
     *
     * @param <T> what it says
     */
    public interface Listener<T> {
        /** Takes a text in, off the event loop, one after the other; empty where it says nothing new. */
        Optional<T> take(byte[] text);

        /** What the text says, on the event loop. */
        void taken(T change);

        /** The file cannot be read; told once for each reason in a row, on the event loop. */
        void unreadable(Throwable failure);
    }

    /** Looks so often from now on, as long as the verticle lives that calls this. */
    public <T> void watch(Duration period, Listener<T> listener) {
        vertx.setPeriodic(
                period.toMillis(),
                id -> look().onSuccess(text -> text.ifPresent(found -> take(found, listener)))
                        .onFailure(failure -> unreadable(failure, listener)));
    }

    private <T> void take(byte[] text, Listener<T> listener) {
        trouble = "";
        vertx.executeBlocking(() -> listener.take(text), true)
                .onSuccess(change -> change.ifPresent(listener::taken))
                .onFailure(failure -> unreadable(failure, listener));
    }

    private void unreadable(Throwable failure, Listener<?> listener) {
        if (!failure.toString().equals(trouble)) {
            trouble = failure.toString();
            listener.unreadable(failure);
        }
    }

    /**
     * Looks, unless it still does.
     *
     * @return the text, when this look and the one before it have found the same, since an earlier one may have come while it was
     *     written, and it is not the one that was given last; fails when the file cannot be read
     */
    Future<Optional<byte[]>> look() {
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
