package io.weir.redis;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator what is wrong with Redis: one line for each change, and the fault for {@code /health}. Faults that come and
 * go by the second are one fault until there was none for a while. Any thread.
 */
final class HealthLog {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** A row that cannot be read is met now and then only, and is there all the time. */
    private static final long QUIET_ROWS_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final boolean silent;
    private @Nullable RedisException current;
    private @Nullable Instant since;
    private @Nullable RedisFault told;
    private boolean toldAway;
    private long lastFault;
    private long lastTold;

    /** One that tells. */
    HealthLog() {
        this(false);
    }

    /** @param silent where another one of the same Redis tells the operator already */
    HealthLog(boolean silent) {
        this.silent = silent;
    }

    /**
     * Takes a fault in.
     *
     * @param away whether all of Redis is away, or one command failed
     */
    synchronized void fault(RedisException failure, boolean away, long nanos) {
        boolean first = current == null;
        since = first ? Instant.now() : since;
        current = failure;
        lastFault = nanos;
        boolean other = failure.fault() != told || away != toldAway;
        boolean worse = away && !toldAway;
        if (first || worse || (other && nanos - lastTold >= QUIET_NANOS)) {
            told = failure.fault();
            toldAway = away;
            lastTold = nanos;
            tell(failure, away);
        }
    }

    private void tell(RedisException failure, boolean away) {
        if (!silent) {
            LOG.atWarn()
                    .addKeyValue("fault", failure.fault())
                    .addKeyValue("error", failure.getMessage())
                    .addKeyValue("hint", failure.fault().hint())
                    .log(away ? "Redis is unavailable" : "Redis command failed");
        }
    }

    /** Redis answers. */
    synchronized void success(long nanos) {
        if (current != null && nanos - lastFault >= quiet(current.fault())) {
            current = null;
            since = null;
            if (!silent) {
                LOG.atInfo().log(toldAway ? "Redis is available again" : "Redis commands succeed again");
            }
        }
    }

    /** What has been wrong a moment ago. */
    synchronized Optional<RedisException> current() {
        return Optional.ofNullable(current);
    }

    /** When that began. */
    synchronized Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    private static long quiet(RedisFault fault) {
        return fault == RedisFault.OTHER_VERSION ? QUIET_ROWS_NANOS : QUIET_NANOS;
    }
}
