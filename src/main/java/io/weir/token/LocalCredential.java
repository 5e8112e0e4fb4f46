package io.weir.token;

import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import io.weir.retry.Backoff;
import io.weir.token.CredentialStatus.RefreshRequest;
import io.weir.token.TokenStore.FetchClaim;
import io.weir.token.TokenStore.RefusalPause;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of one credential, and what follows from it: its {@link CredentialStatus}, and what it remembers
 * beside that. Pure, time comes in as nanoseconds of a monotonic clock. Not for use by several threads.
 */
final class LocalCredential {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final CredentialKind kind;
    private final Renewal renewal;
    private final DoubleSupplier random;
    private final RoundTimer rounds;
    private final CredentialRefusals refusals = new CredentialRefusals();
    private CredentialStatus status = CredentialStatus.unknown();
    private long known;
    private @Nullable Long awaySince;

    /**
     * Knows nothing yet, and is due.
     *
     * @param look how often to look into the store though nothing is due
     * @param random from 0 to 1
     */
    LocalCredential(CredentialKind kind, Renewal renewal, Duration look, DoubleSupplier random, long now) {
        this.kind = kind;
        this.renewal = renewal;
        this.random = random;
        this.rounds = new RoundTimer(look, random, now);
    }

    CredentialStatus status(long now) {
        status = status.at(now);
        return status;
    }

    Optional<HeldCredential> usable(long now) {
        return status.held().filter(each -> each.isUsable(now));
    }

    /** Whether it is time to look, and to fetch where that is needed. */
    boolean isDue(long now) {
        return rounds.isDue(now);
    }

    /** Whether the next one should be fetched, and no failure holds it back. */
    boolean shallFetch(long now) {
        return status(now).mayFetch();
    }

    /**
     * The same without the store, for which a longer timeout applies: half of the time from the renewal to the end, so that a
     * lost connection does not make each instance fetch.
     */
    boolean shallFetchAlone(long now) {
        boolean mayWait = status.request() == RefreshRequest.NONE
                && usable(now)
                        .filter(each -> now - each.renewal() < each.ends() - now)
                        .isPresent();
        return shallFetch(now) && !mayWait;
    }

    /** The newest version that this instance has heard of. */
    long known() {
        return known;
    }

    FetchClaim claim(String owner, Duration length) {
        return new FetchClaim(owner, length, known, status.request() != RefreshRequest.NONE);
    }

    /** Whether the store has been away for longer than a busy moment or a new connection takes. */
    boolean isStoreLost(long now) {
        return awaySince != null && now - awaySince > MOMENT.toNanos();
    }

    void storeAway(long now) {
        awaySince = awaySince == null ? Long.valueOf(now) : awaySince;
    }

    /** Takes in what the store has. True when that gave a newer credential. */
    boolean learn(Stored stored, long now) {
        awaySince = null;
        Optional<HeldCredential> held = status.held();
        boolean newer = stored.value().isPresent()
                && stored.version() > held.map(HeldCredential::version).orElse(0L)
                && !refusals.isRefused(stored);
        if (newer) {
            Duration renewIn = renewal.renewIn(stored.life(), stored.wholeLife(), random.getAsDouble());
            obtained(new HeldCredential(
                    stored.value().orElseThrow(),
                    stored.version(),
                    stored.wholeLife(),
                    now,
                    now + stored.life().toNanos(),
                    now + renewIn.toNanos(),
                    Source.FROM_STORE));
        } else if (held.filter(each -> each.isInvalidatedIn(stored)).isPresent()) {
            status = status.holding(Optional.empty());
        }
        known = Math.max(known, Math.max(stored.version(), stored.invalidated()));
        return newer;
    }

    /** Whether the store has lost what this instance has, or never had it. */
    boolean isMissingIn(Stored stored, long now) {
        return usable(now).filter(ours -> ours.isMissingIn(stored)).isPresent();
    }

    /** WeChat has given one, under a lease. */
    void fetched(FetchedCredential issued, long fence, long now) {
        take(issued, fence, Source.FETCHED_HERE, now);
        known = Math.max(known, fence);
    }

    /** WeChat has given one, and no other instance knows of it. */
    void fetchedAlone(FetchedCredential issued, long now) {
        take(issued, known, Source.OWN, now);
    }

    private void take(FetchedCredential issued, long version, Source source, long now) {
        Duration renewIn = renewal.renewFetchedIn(issued.life(), random.getAsDouble());
        obtained(new HeldCredential(
                issued.value(),
                version,
                issued.life(),
                now,
                now + issued.life().toNanos(),
                now + renewIn.toNanos(),
                source));
    }

    private void obtained(HeldCredential newer) {
        status = status.obtained(newer);
        refusals.settled();
        rounds.settled();
    }

    /** What this instance has is in the store now. */
    void published(long fence) {
        if (status.held().isPresent()) {
            status = status.holding(status.held().map(each -> each.in(fence, Source.FETCHED_HERE)));
            known = Math.max(known, fence);
        }
    }

    /** What was fetched may not have got into the store. */
    void notPublished(long before) {
        status = status.holding(status.held().map(each -> each.in(before, Source.OWN)));
    }

    /** A fetch has failed; says what follows. */
    Renewal.Pause failed(WeChatException failure, long now) {
        Renewal.Pause pause = renewal.after(failure, kind, status.failures().inARow() + 1, random.getAsDouble());
        status = status.failed(failure, pause, now);
        return pause;
    }

    /** Another instance's fetch has failed, and nobody is to fetch for a while. */
    void failedElsewhere(WeChatException failure, Duration time, long now) {
        status = status(now).failedElsewhere(failure, time, now);
    }

    /** The failure because of which nobody waits for the next fetch: it is further away than that. */
    Optional<WeChatException> hopeless(Duration wait, long now) {
        boolean late = status(now).pause(now).compareTo(wait) > 0;
        return late ? status.failures().last() : Optional.empty();
    }

    /**
     * WeChat has refused what is held: it is held no longer. One that had just come is fetched again after growing pauses
     * only: whoever refuses each of them must not use up the day's fetches.
     */
    void refuse(Secret value, long now) {
        int before = refusals.add(value, status.held(), known, now);
        Duration pause = before == 0 ? Duration.ZERO : renewal.pause(before, random.getAsDouble());
        status = status(now).refused(pause, Cooldown.failure(Cooldown.REFUSED_AT_ONCE, kind), now);
        rounds.hurry(now);
    }

    /** The same for all instances. */
    RefusalPause pause() {
        return new RefusalPause(CredentialRefusals.SHORT_LIVED, renewal.growth(), random.getAsDouble());
    }

    /** Whether WeChat has given back what it refuses, and is to be asked for a new one. */
    boolean mustForce(Secret value, long now) {
        return refusals.mustForce(value, now);
    }

    /** The operator wants one. */
    void request(RefreshRequest request, long now) {
        status = status.requested(request);
        rounds.hurry(now);
    }

    /** Sets when the next round is, at the end of one. */
    void plan(long now) {
        rounds.plan(status(now), now);
    }

    CredentialState state(long now, int fetchesToday) {
        Optional<HeldCredential> usable = usable(now);
        Duration pause = status(now).pause(now);
        return new CredentialState(
                kind,
                usable.map(HeldCredential::source),
                usable.map(each -> Duration.ofNanos(now - each.obtained())),
                usable.map(each -> each.life(now)),
                usable.map(each -> Duration.ofNanos(each.renewal() - now)),
                fetchesToday,
                status.failures().last(),
                Optional.of(pause).filter(time -> !time.isZero()),
                status instanceof CredentialStatus.Stopped,
                awaySince != null);
    }

    /** What WeChat does not take of one credential though it has given it. Pure; not for use by several threads. */
    static final class CredentialRefusals {
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

    /** When to look into the store again, and to fetch where that is needed. Pure; not for use by several threads. */
    static final class RoundTimer {
        private static final Backoff CONTEST = Backoff.doubling(Duration.ofMillis(100), Duration.ofMillis(800));
        private static final Duration SOON = Duration.ofSeconds(1);

        private final Duration look;
        private final DoubleSupplier random;
        private long next;
        private int contests;

        /**
         * A timer that is due.
         *
         * @param look how often to look though nothing is due
         * @param random from 0 to 1
         */
        RoundTimer(Duration look, DoubleSupplier random, long now) {
            this.look = look;
            this.random = random;
            this.next = now;
        }

        boolean isDue(long now) {
            return next - now <= 0;
        }

        /** Makes the next round due. */
        void hurry(long now) {
            next = now;
        }

        /** Nobody else is at it any more, nor is the store away. */
        void settled() {
            contests = 0;
        }

        /** Sets when the next round is, at the end of one. */
        void plan(CredentialStatus status, long now) {
            next = now + (status.mayFetch() ? contested(status, now) : quiet(status, now)).toNanos();
        }

        /** Another instance is at it, or the store is away. */
        private Duration contested(CredentialStatus status, long now) {
            contests++;
            Duration pause = CONTEST.after(contests, random.getAsDouble());
            return status.held()
                    .filter(each -> each.isUsable(now))
                    .map(each -> shorter(pause, each.life(now).dividedBy(8)))
                    .orElse(pause);
        }

        private Duration quiet(CredentialStatus status, long now) {
            Optional<HeldCredential> held = status.held();
            boolean unknown = held.filter(each -> each.source() == Source.OWN).isPresent();
            Duration next = Backoff.jittered(unknown ? SOON : look, random.getAsDouble());
            return held.filter(each -> each.isFresh(now))
                    .map(each -> shorter(next, Duration.ofNanos(each.renewal() - now)))
                    .orElseGet(() -> shorter(shorter(next, SOON), status.pause(now)));
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }
}
