package io.weir.reload;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.config.AccountConfig;
import io.weir.config.Problem;
import io.weir.file.WatchedFile;
import io.weir.reload.ConfigurationFile.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in a changed configuration file without a restart, as far as that goes. Looks every second, parses off the event loop.
 * One instance.
 */
public final class ConfigurationVerticle extends VerticleBase implements WatchedFile.Listener<Change> {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationVerticle.class);
    private static final int MOST_ERRORS_SHOWN = 5;

    private final ConfigurationFile file;
    private final RunningAccounts accounts;
    private final Duration period;
    private final Clock clock;

    public ConfigurationVerticle(ConfigurationFile file, RunningAccounts accounts, Duration period, Clock clock) {
        this.file = file;
        this.accounts = accounts;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        new WatchedFile(vertx, file.path()).watch(period, this);
        return Future.succeededFuture();
    }

    @Override
    public Optional<Change> take(byte[] text) {
        return file.take(text, clock.instant());
    }

    @Override
    public void taken(Change change) {
        if (change.accounts().isEmpty()) {
            refused(change.errors());
            return;
        }
        List<RunningAccounts.Changed> changes = accounts.take(change.accounts().get());
        changes.forEach(this::changed);
        if (changes.isEmpty() && change.before().problem().isPresent()) {
            LOG.atInfo().addKeyValue("file", file.path()).log("configuration file is right again, nothing has changed");
        }
        List<String> atNextStart = change.now().atNextStart();
        if (!atNextStart.isEmpty() && !atNextStart.equals(change.before().atNextStart())) {
            LOG.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("keys", String.join(", ", atNextStart))
                    .log("takes effect at the next start");
        }
    }

    private void changed(RunningAccounts.Changed changed) {
        AccountConfig account = changed.account();
        LOG.atInfo()
                .addKeyValue("file", file.path())
                .addKeyValue("account", account.name())
                .addKeyValue("changed", changed.what())
                .addKeyValue("tokens", account.tokens().size())
                .addKeyValue("keys", account.aesKeys().size())
                .log("configuration reloaded");
    }

    private void refused(List<Problem> errors) {
        LOG.atError()
                .addKeyValue("file", file.path())
                .addKeyValue("errors", errors.size())
                .addKeyValue(
                        "error",
                        errors.stream()
                                .limit(MOST_ERRORS_SHOWN)
                                .map(Problem::text)
                                .collect(Collectors.joining(" | ")))
                .log("configuration file has errors, the previous configuration stays");
    }

    @Override
    public void unreadable(Throwable failure) {
        file.unreadable(file.path() + " cannot be read: " + failure, clock.instant());
        LOG.atWarn()
                .addKeyValue("file", file.path())
                .addKeyValue("error", failure)
                .log("configuration file cannot be read, the previous configuration stays");
    }
}
