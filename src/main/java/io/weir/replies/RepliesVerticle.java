package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.file.WatchedFile;
import io.weir.replies.RepliesFile.Change;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in changed replies files without a restart: looks at each every second. Parses off the event loop. One instance. */
public final class RepliesVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RepliesVerticle.class);

    private final Replies replies;
    private final Duration period;
    private final Clock clock;

    public RepliesVerticle(Replies replies, Duration period, Clock clock) {
        this.replies = replies;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        replies.files().forEach(file -> new WatchedFile(vertx, file.path()).watch(period, new Taker(file)));
        return Future.succeededFuture();
    }

    /** Takes in the changes of one file. */
    private final class Taker implements WatchedFile.Listener<Change> {
        private final RepliesFile file;

        Taker(RepliesFile file) {
            this.file = file;
        }

        @Override
        public Optional<Change> take(byte[] text) {
            return file.take(text, clock.instant());
        }

        @Override
        public void taken(Change change) {
            log(file, change);
        }

        @Override
        public void unreadable(Throwable failure) {
            boolean neverThere = file.state().builtIn() && failure instanceof NoSuchFileException;
            if (!neverThere) {
                file.unreadable(file.path() + " cannot be read: " + failure, clock.instant());
                LOG.atWarn()
                        .addKeyValue("file", file.path())
                        .addKeyValue("error", failure)
                        .log("replies file cannot be read, the previous answers stay");
            }
        }
    }

    private static void log(RepliesFile file, Change change) {
        if (change.accepted()) {
            LOG.atInfo()
                    .addKeyValue("file", file.path())
                    .addKeyValue("rules", file.rules().rules().size())
                    .addKeyValue("warnings", change.problems().warnings().size())
                    .log("replies file reloaded");
            return;
        }
        LOG.atError()
                .addKeyValue("file", file.path())
                .addKeyValue("errors", change.problems().errors().size())
                .addKeyValue("error", change.problems().errors().get(0).text())
                .log("replies file has errors, the previous answers stay");
    }
}
