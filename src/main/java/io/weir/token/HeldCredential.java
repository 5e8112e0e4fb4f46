package io.weir.token;

import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.config.Secret;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;

/**
 * A credential as an instance has it.
 *
 * @param version it has in the store; of one that no other instance knows, the last that the instance had heard of
 * @param wholeLife how long it lasted when it was fetched
 * @param obtained moment in nanoseconds of the local monotonic clock, as are the others
 * @param ends its real end
 * @param renewal when the next one is to be fetched; it may be after the end
 */
record HeldCredential(
        Secret value, long version, Duration wholeLife, long obtained, long ends, long renewal, Source source) {

    boolean isUsable(long now) {
        return ends - now > 0;
    }

    /** Whether it can be used and need not be renewed yet. */
    boolean isFresh(long now) {
        return isUsable(now) && renewal - now > 0;
    }

    Duration life(long now) {
        return Duration.ofNanos(ends - now);
    }

    /** The same under another version. */
    HeldCredential in(long otherVersion, Source otherSource) {
        return new HeldCredential(value, otherVersion, wholeLife, obtained, ends, renewal, otherSource);
    }

    /** Whether the store says that WeChat has refused it. */
    boolean isInvalidatedIn(Stored stored) {
        return source != Source.OWN && stored.invalidated() >= version;
    }

    /** Whether the store has lost it, or never had it. */
    boolean isMissingIn(Stored stored) {
        boolean older = stored.version() < version
                || (stored.version() == version && stored.value().isEmpty());
        return source == Source.OWN || (stored.invalidated() < version && older);
    }
}
