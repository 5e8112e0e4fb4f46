package io.weir.token;

import io.weir.client.CredentialState.Source;
import io.weir.config.Secret;
import java.time.Duration;

/**
 * A credential as an instance has it.
 *
 * @param version it has in the store; of one of the instance's own, the last that the instance knew
 * @param wholeLife how long it lasted when it was fetched
 * @param obtained moment in nanoseconds of the local monotonic clock, as are the others
 * @param ends its real end
 * @param renewal when the next one is to be fetched
 */
record Held(Secret value, long version, Duration wholeLife, long obtained, long ends, long renewal, Source source) {

    boolean isUsable(long now) {
        return ends - now > 0;
    }

    Duration life(long now) {
        return Duration.ofNanos(ends - now);
    }

    /** The same under another version. */
    Held in(long otherVersion, Source otherSource) {
        return new Held(value, otherVersion, wholeLife, obtained, ends, renewal, otherSource);
    }
}
