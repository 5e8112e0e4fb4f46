package io.weir.backend;

import io.weir.backend.BackendException.Kind;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator when a backend begins to fail, fails otherwise, and answers again: one line for each change. Any thread. */
final class BackendHealth {
    private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);
    /** Failures that come and go by the second are one. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final String backend;
    /** Null while it answers. */
    private @Nullable Kind told;

    private long lastFailure;
    private long lastTold;

    BackendHealth(String backend) {
        this.backend = backend;
    }

    synchronized void failed(BackendException failure, long nanos) {
        lastFailure = nanos;
        if (failure.kind() == Kind.CIRCUIT_OPEN) {
            return;
        }
        if (told == null || (failure.kind() != told && nanos - lastTold >= QUIET_NANOS)) {
            told = failure.kind();
            lastTold = nanos;
            LOG.atWarn()
                    .addKeyValue("backend", backend)
                    .addKeyValue("fault", failure.kind().label())
                    .addKeyValue("error", failure.getMessage())
                    .log("backend gives no reply");
        }
    }

    synchronized void answered(long nanos) {
        if (told != null && nanos - lastFailure >= QUIET_NANOS) {
            told = null;
            LOG.atInfo().addKeyValue("backend", backend).log("backend answers again");
        }
    }
}
