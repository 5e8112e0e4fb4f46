package io.weir.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that somebody tries tokens that are not the admin token: counted each time, logged once a minute. Any thread. */
final class WrongTokens {
    private static final Logger LOG = LoggerFactory.getLogger(WrongTokens.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private Instant next = Instant.MIN;
    private long count;

    WrongTokens(Clock clock) {
        this.clock = clock;
    }

    /** One more, from this address. */
    synchronized void note(String peer) {
        count++;
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(PAUSE);
            LOG.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("sinceStart", count)
                    .log("a request to the admin port had another token than the admin token");
        }
    }

    synchronized long count() {
        return count;
    }
}
