package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.replies.RepliesFile.Change;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in changed replies files without a restart: looks at each every second. Parses off the event loop. One instance. */
public final class RepliesVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RepliesVerticle.class);

    private final Replies replies;
    private final Duration period;
    private final Clock clock;
    private final Map<RepliesFile, String> unreadable = new HashMap<>();

    public RepliesVerticle(Replies replies, Duration period, Clock clock) {
        this.replies = replies;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        Map<RepliesFile, FileLook> looks = new HashMap<>();
        replies.files().forEach(file -> looks.put(file, new FileLook(vertx, file.path())));
        vertx.setPeriodic(period.toMillis(), id -> looks.forEach(this::look));
        return Future.succeededFuture();
    }

    private void look(RepliesFile file, FileLook look) {
        look.look()
                .onSuccess(text -> text.ifPresent(found -> take(file, found)))
                .onFailure(failure -> missing(file, failure));
    }

    private void take(RepliesFile file, byte[] text) {
        unreadable.remove(file);
        vertx.executeBlocking(() -> file.take(text, clock.instant()), false)
                .onSuccess(change -> change.ifPresent(changed -> log(file, changed)))
                .onFailure(failure -> missing(file, failure));
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
