package io.weir.token;

import io.weir.config.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What the store has of one credential.
 *
 * @param value empty when there is none, or none any more
 * @param life how long it lasts from now
 * @param wholeLife how long it lasted when it was fetched
 * @param version fencing number of who wrote last; 0 when nobody did, as far as the store remembers
 * @param invalidated version up to which WeChat has refused the values
 */
public record Stored(Optional<Secret> value, Duration life, Duration wholeLife, long version, long invalidated) {
    /** Of a store that knows nothing. */
    static final Stored NOTHING = new Stored(Optional.empty(), Duration.ZERO, Duration.ZERO, 0, 0);
}
