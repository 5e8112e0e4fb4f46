package io.weir.token;

import java.time.Duration;

/**
 * How long the keeper waits for what.
 *
 * @param callerWait of a caller, when there is no credential
 * @param fetch of one fetch, all its calls included
 * @param lease of who fetches: longer than a fetch
 * @param look after which it looks into the store though nothing is due
 * @param tick how often it asks itself whether something is due
 */
public record TokenLimits(Duration callerWait, Duration fetch, Duration lease, Duration look, Duration tick) {
    private static final Duration CALLER_WAIT = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /**
     * What follows from the limit of one call to WeChat: for a ticket a token may have to come first, and a fetch may take
     * a second call.
     */
    public static TokenLimits of(Duration call) {
        Duration fetch = CALLER_WAIT.plus(call.multipliedBy(2));
        return new TokenLimits(CALLER_WAIT, fetch, fetch.plus(MARGIN), Duration.ofSeconds(10), Duration.ofMillis(100));
    }
}
