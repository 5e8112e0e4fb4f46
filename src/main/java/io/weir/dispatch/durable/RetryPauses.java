package io.weir.dispatch.durable;

import java.time.Duration;
import java.util.List;

/** When a handler that failed is tried again. Deaths of owners are no failures. */
final class RetryPauses {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5));

    private RetryPauses() {}

    /** Whether nobody tries any more. */
    static boolean isOver(int failures) {
        return failures > PAUSES.size();
    }

    /** How long after the last of so many failures it is tried again; nothing before the first. */
    static Duration after(int failures) {
        return failures == 0 ? Duration.ZERO : PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
    }
}
