package io.weir.token;

import io.weir.client.WeChatException;
import java.time.Duration;
import java.util.Optional;

/**
 * The state of one credential at this instance. Values: each event gives the next one. Times are nanoseconds of one monotonic
 * clock.
 *
 * <pre>
 *   ┌───────────────── obtained: fetched, or a newer one is in the store ─────────────────┐
 *   ▼                                        │                                            │
 * FRESH ── due, refused or requested ──► RENEWING ── failed, here or elsewhere ──► COOLING_DOWN, STOPPED
 *   ▲                                        ▲                                            │
 *   │                                        └─────── its time is over, or requested ─────┤
 *   └───────────────────────── its time is over, and the credential is fresh ─────────────┘
 * </pre>
 *
 * <p>STOPPED where only the operator can mend the failure, otherwise COOLING_DOWN. That also follows where WeChat refuses a
 * credential within a minute after it came, and not for the first time.
 */
sealed interface CredentialStatus {
    /** Of an instance that knows nothing yet. */
    static CredentialStatus unknown() {
        return new Renewing(Optional.empty(), RefreshRequest.NONE, FetchFailures.NONE);
    }

    /** What it has, usable or not; empty when it has none, or WeChat has refused it. */
    Optional<HeldCredential> held();

    /** The fetches that have failed since the last success. */
    FetchFailures failures();

    /** What becomes of it by the mere passing of time. */
    CredentialStatus at(long now);

    /** The same with another credential, or with none. */
    CredentialStatus holding(Optional<HeldCredential> other);

    /** Whether the next one may be fetched, as far as this instance knows. */
    default boolean mayFetch() {
        return false;
    }

    /** How long nothing is fetched; zero where it may be or need not. */
    default Duration pause(long now) {
        return Duration.ZERO;
    }

    default RefreshRequest request() {
        return RefreshRequest.NONE;
    }

    default CredentialStatus obtained(HeldCredential newer) {
        return new Fresh(newer, FetchFailures.NONE);
    }

    default CredentialStatus requested(RefreshRequest request) {
        return new Renewing(held(), request, failures().forgiven());
    }

    /** The fetch of this instance has failed. */
    default CredentialStatus failed(WeChatException failure, Renewal.Pause pause, long now) {
        return paused(
                failures().and(failure), pause.stopped(), now + pause.here().toNanos(), false);
    }

    /** The fetch of another instance has failed, and nobody is to fetch for a while. */
    default CredentialStatus failedElsewhere(WeChatException failure, Duration time, long now) {
        boolean stopped = failure.code().isPresent();
        return paused(failures().elsewhere(failure), stopped, now + time.toNanos(), true);
    }

    private CredentialStatus paused(FetchFailures all, boolean stopped, long until, boolean elsewhere) {
        return stopped ? new Stopped(held(), all, until, elsewhere) : new CoolingDown(held(), all, until, elsewhere);
    }

    /**
     * WeChat has refused what it has.
     *
     * @param pause before another is fetched, unless the operator wants it or there is a longer one
     * @param reason of the pause
     */
    default CredentialStatus refused(Duration pause, WeChatException reason, long now) {
        boolean longer = pause.compareTo(mayFetch() ? Duration.ZERO : pause(now)) > 0;
        return longer && request() == RefreshRequest.NONE
                ? new CoolingDown(Optional.empty(), failures().because(reason), now + pause.toNanos(), false)
                : holding(Optional.empty());
    }

    /** It has one that need not be renewed yet. */
    record Fresh(HeldCredential current, FetchFailures failures) implements CredentialStatus {
        @Override
        public Optional<HeldCredential> held() {
            return Optional.of(current);
        }

        @Override
        public CredentialStatus at(long now) {
            return current.isFresh(now) ? this : new Renewing(held(), RefreshRequest.NONE, failures);
        }

        @Override
        public CredentialStatus holding(Optional<HeldCredential> other) {
            return other.<CredentialStatus>map(each -> new Fresh(each, failures))
                    .orElseGet(() -> new Renewing(other, RefreshRequest.NONE, failures));
        }
    }

    /** The next one is to be fetched now: by this instance, or by the one that has the lease. */
    record Renewing(Optional<HeldCredential> held, RefreshRequest request, FetchFailures failures)
            implements CredentialStatus {
        @Override
        public CredentialStatus at(long now) {
            return this;
        }

        @Override
        public CredentialStatus holding(Optional<HeldCredential> other) {
            return new Renewing(other, request, failures);
        }

        @Override
        public boolean mayFetch() {
            return true;
        }
    }

    /** Nothing is fetched for a while. */
    sealed interface Paused extends CredentialStatus {
        /** When that ends. */
        long until();

        /** Whether only another instance says so: the store is asked on, since somebody may have mended it. */
        boolean elsewhere();

        @Override
        default CredentialStatus at(long now) {
            if (until() - now > 0) {
                return this;
            }
            return held().filter(each -> each.isFresh(now))
                    .<CredentialStatus>map(each -> new Fresh(each, failures()))
                    .orElseGet(() -> new Renewing(held(), RefreshRequest.NONE, failures()));
        }

        @Override
        default boolean mayFetch() {
            return elsewhere();
        }

        @Override
        default Duration pause(long now) {
            return Duration.ofNanos(Math.max(0, until() - now));
        }
    }

    /** A fetch has failed, and the next may succeed; or WeChat refuses each one that comes. */
    record CoolingDown(Optional<HeldCredential> held, FetchFailures failures, long until, boolean elsewhere)
            implements Paused {
        @Override
        public CredentialStatus holding(Optional<HeldCredential> other) {
            return new CoolingDown(other, failures, until, elsewhere);
        }
    }

    /** A fetch has failed, and only the operator can mend that; it is tried again, seldom. */
    record Stopped(Optional<HeldCredential> held, FetchFailures failures, long until, boolean elsewhere)
            implements Paused {
        @Override
        public CredentialStatus holding(Optional<HeldCredential> other) {
            return new Stopped(other, failures, until, elsewhere);
        }
    }

    /**
     * Failed fetches since the last success.
     *
     * @param inARow of this instance
     * @param last here or elsewhere
     * @param told whether another instance's failure has been taken over
     */
    record FetchFailures(int inARow, Optional<WeChatException> last, boolean told) {
        static final FetchFailures NONE = new FetchFailures(0, Optional.empty(), false);

        private FetchFailures and(WeChatException failure) {
            return new FetchFailures(inARow + 1, Optional.of(failure), told);
        }

        private FetchFailures because(WeChatException reason) {
            return new FetchFailures(inARow, Optional.of(reason), told);
        }

        private FetchFailures elsewhere(WeChatException failure) {
            return new FetchFailures(inARow, Optional.of(failure), true);
        }

        private FetchFailures forgiven() {
            return new FetchFailures(inARow, last, false);
        }
    }

    /** What the operator asks for. */
    enum RefreshRequest {
        NONE,
        /** A new credential, although the present one lasts. */
        NORMAL,
        /** The same at the price of the present one, which WeChat ends at once. */
        FORCED
    }
}
