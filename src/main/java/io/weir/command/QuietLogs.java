package io.weir.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A command that tells itself what is wrong leaves out the log lines of a server that say the same: until it is closed only
 * errors are logged, unless {@code WEIR_LOG} is set.
 */
final class QuietLogs implements AutoCloseable {
    private final Optional<Logger> log;
    private final @Nullable Level before;

    QuietLogs() {
        log = System.getenv("WEIR_LOG") == null && LoggerFactory.getLogger("io.weir") instanceof Logger found
                ? Optional.of(found)
                : Optional.empty();
        before = log.map(Logger::getLevel).orElse(null);
        log.ifPresent(each -> each.setLevel(Level.ERROR));
    }

    @Override
    public void close() {
        log.ifPresent(each -> each.setLevel(before));
    }
}
