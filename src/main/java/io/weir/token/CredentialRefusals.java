package io.weir.token;

import io.weir.config.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What WeChat does not take of one credential though it has given it. Pure; not for use by several threads. */
final class CredentialRefusals {
    private static final Duration SHORT_LIVED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FORCED = Duration.ofMinutes(10);

    private @Nullable Refused refused;
    private int inARow;
    private @Nullable Long lastForced;

    /** What is not taken, and the version that it had. */
    private record Refused(Secret value, long version) {}

    /**
     * One more.
     *
     * @param known the version where nothing is held any more
     * @return how many in a row had just come: 0 for the first
     */
    int add(Secret value, Optional<HeldCredential> held, long known, long now) {
        boolean shortLived = held.filter(each -> now - each.obtained() < SHORT_LIVED.toNanos())
                .isPresent();
        inARow = shortLived ? inARow + 1 : 1;
        refused = new Refused(value, held.map(HeldCredential::version).orElse(known));
        return inARow - 1;
    }

    /** There is one that is taken, for all that is known. */
    void settled() {
        refused = null;
    }

    /** A value that comes back in a version newer than the refused one has been confirmed by WeChat since. */
    boolean isRefused(Stored stored) {
        return refused != null
                && stored.version() <= refused.version
                && stored.value().filter(refused.value::equals).isPresent();
    }

    /**
     * Whether WeChat has given back what it refuses: in stable mode it does so while it takes it for valid. Then it is
     * asked for a new one, seldom: that ends the old one for everybody, at once.
     */
    boolean mustForce(Secret value, long now) {
        boolean spared = lastForced != null && now - lastForced < BETWEEN_FORCED.toNanos();
        if (spared || refused == null || !refused.value.equals(value)) {
            return false;
        }
        lastForced = now;
        return true;
    }
}
