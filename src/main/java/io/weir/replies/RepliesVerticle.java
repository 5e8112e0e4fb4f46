package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.replies.RepliesFile.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in changed replies files without a restart: compares their content every second, since neither a time stamp nor
 * a file-system event tells of every way in which editors and mounts replace a file. Reads and parses off the event
 * loop. One instance.
 */
public final class RepliesVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RepliesVerticle.class);

    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Replies replies;
    private final Duration period;
    private final Clock clock;
    private final Set<RepliesFile> looking = new HashSet<>();
    private final Map<RepliesFile, byte[]> lastSeen = new HashMap<>();
    private final Map<RepliesFile, String> unreadable = new HashMap<>();

    public RepliesVerticle(Replies replies, Duration period, Clock clock) {
        this.replies = replies;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(period.toMillis(), id -> replies.files().forEach(this::look));
        return Future.succeededFuture();
    }

    private void look(RepliesFile file) {
        if (!looking.add(file)) {
            return;
        }
        vertx.executeBlocking(() -> read(file), false)
                .onComplete(looked -> looking.remove(file))
                .timeout(SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(text -> settle(file, text))
                .onFailure(failure -> missing(file, failure));
    }

    private static byte[] read(RepliesFile file) throws IOException {
        if (!Files.isRegularFile(file.path())) {
            throw Files.exists(file.path())
                    ? new IOException("it is no regular file")
                    : new NoSuchFileException(file.path().toString());
        }
        if (Files.size(file.path()) > RepliesFile.MAX_BYTES) {
            throw new IOException("it is larger than 1 MiB");
        }
        return Files.readAllBytes(file.path());
    }

    /** Takes a text in when two looks in a row have found it: the first may have come while it was written. */
    private void settle(RepliesFile file, byte[] text) {
        boolean settled = Arrays.equals(text, lastSeen.put(file, text));
        if (settled) {
            unreadable.remove(file);
            vertx.executeBlocking(() -> file.take(text, clock.instant()), false)
                    .onSuccess(change -> change.ifPresent(changed -> log(file, changed)))
                    .onFailure(failure -> missing(file, failure));
        }
    }

    private void missing(RepliesFile file, Throwable failure) {
        boolean neverThere = file.state().builtIn() && failure instanceof NoSuchFileException;
        String reason = file.path() + " cannot be read: " + failure;
        if (!neverThere && !reason.equals(unreadable.put(file, reason))) {
            file.unreadable(reason);
            LOG.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("error", failure)
                    .log("replies file cannot be read, the former answers stay");
        }
    }

    private static void log(RepliesFile file, Change change) {
        if (change.accepted()) {
            LOG.atInfo()
                    .addKeyValue("file", file.path())
                    .addKeyValue("rules", file.rules().rules().size())
                    .addKeyValue("warnings", change.problems().warnings().size())
                    .log("replies file taken in");
            return;
        }
        LOG.atError()
                .addKeyValue("file", file.path())
                .addKeyValue("errors", change.problems().errors().size())
                .addKeyValue("error", change.problems().errors().get(0).text())
                .log("replies file has errors, the former answers stay");
    }
}
