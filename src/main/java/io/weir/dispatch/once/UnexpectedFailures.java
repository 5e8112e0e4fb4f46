package io.weir.dispatch.once;

import io.weir.dispatch.Throttle;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what should not happen, once in a while when it happens for every push. Any thread. */
final class UnexpectedFailures {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailures.class);
    private static final Throttle THROTTLE = new Throttle(Duration.ofSeconds(10), 20);

    private UnexpectedFailures() {}

    static void tell(String what, Throwable bug) {
        THROTTLE.admit(what, System.nanoTime())
                .ifPresent(heldBack -> LOG.atError()
                        .addKeyValue("suppressed", heldBack)
                        .setCause(bug)
                        .log(what));
    }
}
