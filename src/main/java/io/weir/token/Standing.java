package io.weir.token;

import io.weir.client.CredentialKind;
import io.weir.client.CredentialState;
import io.weir.client.CredentialState.Source;
import io.weir.client.Issued;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of one credential, and what follows from it: pure, time comes in as nanoseconds of a monotonic
 * clock. Not for use by several threads.
 */
final class Standing {
    private static final Duration SHORT_LIVED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FORCED = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 4;

    private final CredentialKind kind;
    private final Renewal renewal;
    private final Duration look;
    private final DoubleSupplier random;
    private @Nullable Held held;
    private @Nullable Refused refused;
    private Wish wish = Wish.NONE;
    private long known;
    private int failures;
    private int refusals;
    private int contests;
    private long mayFetchFrom;
    private long nextRound;
    private @Nullable Long lastForced;
    private @Nullable Long restsUntil;
    private boolean stopped;
    private @Nullable Long awaySince;
    private @Nullable WeChatException lastError;

    /**
     * Knows nothing yet, and is due.
     *
     * @param look how often to look into the store though nothing is due
     * @param random from 0 to 1
     */
    Standing(CredentialKind kind, Renewal renewal, Duration look, DoubleSupplier random, long now) {
        this.kind = kind;
        this.renewal = renewal;
        this.look = look;
        this.random = random;
        this.mayFetchFrom = now;
        this.nextRound = now;
    }

    Optional<Held> usable(long now) {
        return Optional.ofNullable(held).filter(each -> each.isUsable(now));
    }

    /** Whether it is time to look, and to fetch where that is needed. */
    boolean isDue(long now) {
        return nextRound - now <= 0;
    }

    /** Whether the next one should be fetched, and no failure holds it back. */
    boolean shallFetch(long now) {
        return needsFetch(now) && mayFetchFrom - now <= 0;
    }

    /**
     * The same without the store, for which there is some patience: half of the time from the renewal to the end, so that a
     * lost connection does not make each instance fetch.
     */
    boolean shallFetchAlone(long now) {
        boolean mayWait = wish == Wish.NONE
                && usable(now)
                        .filter(each -> now - each.renewal() < each.ends() - now)
                        .isPresent();
        return shallFetch(now) && !mayWait;
    }

    private boolean needsFetch(long now) {
        return wish != Wish.NONE
                || usable(now).map(each -> each.renewal() - now <= 0).orElse(true);
    }

    /** Whether the operator wants a new one at any price. */
    boolean wantsForce() {
        return wish == Wish.FORCED;
    }

    /** The newest version that this instance has heard of. */
    long known() {
        return known;
    }

    Claim claim(String owner, Duration length) {
        return new Claim(owner, length, known, wish != Wish.NONE);
    }

    /** What was the last failure of a fetch; empty after a success. */
    Optional<WeChatException> lastError() {
        return Optional.ofNullable(lastError);
    }

    /** How long nothing is fetched, as far as is known; zero when it may be. */
    Duration pause(long now) {
        long others = restsUntil == null ? 0 : restsUntil - now;
        return Duration.ofNanos(Math.max(0, Math.max(others, mayFetchFrom - now)));
    }

    /** Whether the store has been away for longer than a busy moment or a new connection takes. */
    boolean isStoreLost(long now) {
        return awaySince != null && now - awaySince > MOMENT.toNanos();
    }

    /** Takes in what the store has. True when that gave a newer credential. */
    boolean learn(Stored stored, long now) {
        awaySince = null;
        long version = held == null ? 0 : held.version();
        boolean newer = stored.value().isPresent() && stored.version() > version && !isRefused(stored);
        if (newer) {
            adopt(stored, now);
        } else if (held != null && held.source() != Source.OWN && stored.invalidated() >= version) {
            held = null;
        }
        known = Math.max(known, Math.max(stored.version(), stored.invalidated()));
        return newer;
    }

    private void adopt(Stored stored, long now) {
        Duration renewIn = renewal.renewIn(stored.life(), stored.wholeLife(), random.getAsDouble());
        held = new Held(
                stored.value().orElseThrow(),
                stored.version(),
                stored.wholeLife(),
                now,
                now + stored.life().toNanos(),
                now + renewIn.toNanos(),
                Source.FROM_STORE);
        settled();
    }

    /** A value that comes back in a version newer than the refused one has been confirmed by WeChat since. */
    private boolean isRefused(Stored stored) {
        return refused != null
                && stored.version() <= refused.version
                && stored.value().filter(refused.value::equals).isPresent();
    }

    /** Whether the store has lost what this instance has, or never had it. */
    boolean isMissingIn(Stored stored, long now) {
        return usable(now)
                .filter(ours -> ours.source() == Source.OWN
                        || (stored.invalidated() < ours.version()
                                && (stored.version() < ours.version()
                                        || (stored.version() == ours.version()
                                                && stored.value().isEmpty()))))
                .isPresent();
    }

    /** WeChat has given one, under a lease. */
    void fetched(Issued issued, long fence, long now) {
        take(issued, fence, Source.FETCHED_HERE, now);
        known = Math.max(known, fence);
    }

    /** WeChat has given one, and no other instance knows of it. */
    void fetchedAlone(Issued issued, long now) {
        take(issued, known, Source.OWN, now);
    }

    private void take(Issued issued, long version, Source source, long now) {
        Duration renewIn = renewal.renewFetchedIn(issued.life(), random.getAsDouble());
        held = new Held(
                issued.value(),
                version,
                issued.life(),
                now,
                now + issued.life().toNanos(),
                now + renewIn.toNanos(),
                source);
        settled();
    }

    private void settled() {
        wish = Wish.NONE;
        refused = null;
        failures = 0;
        contests = 0;
        stopped = false;
        lastError = null;
        restsUntil = null;
    }

    /** What this instance has is in the store now. */
    void published(long fence) {
        if (held != null) {
            held = held.in(fence, Source.FETCHED_HERE);
            known = Math.max(known, fence);
        }
    }

    /** What was fetched may not have got into the store. */
    void notPublished(long before) {
        if (held != null) {
            held = held.in(before, Source.OWN);
        }
    }

    void storeAway(long now) {
        awaySince = awaySince == null ? Long.valueOf(now) : awaySince;
    }

    /** A fetch has failed; says what follows. */
    Renewal.Pause failed(WeChatException failure, long now) {
        failures++;
        Renewal.Pause pause = renewal.after(failure, kind, failures, random.getAsDouble());
        mayFetchFrom = now + pause.here().toNanos();
        stopped = pause.stopped();
        lastError = failure;
        wish = Wish.NONE;
        return pause;
    }

    /** Another instance's fetch has failed, and nobody is to fetch for a while. The store is asked on: it may be mended. */
    void rests(WeChatException failure, Duration time, long now) {
        restsUntil = now + time.toNanos();
        stopped = failure.code().isPresent();
        lastError = failure;
    }

    /** Whether another instance's failure is all that is known. */
    boolean isToldToRest() {
        return restsUntil != null;
    }

    /**
     * WeChat has refused what is held: it is held no longer. One that had just come is fetched again after growing pauses
     * only: whoever refuses each of them must not use up the day's fetches.
     */
    void refuse(Secret value, long now) {
        boolean shortLived = held != null && now - held.obtained() < SHORT_LIVED.toNanos();
        refusals = shortLived ? refusals + 1 : 1;
        refused = new Refused(value, held == null ? known : held.version());
        held = null;
        if (refusals > 1) {
            mayFetchFrom =
                    now + renewal.pause(refusals - 1, random.getAsDouble()).toNanos();
        }
        nextRound = now;
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

    /** The operator wants one. */
    void want(boolean force, long now) {
        wish = force ? Wish.FORCED : Wish.NORMAL;
        mayFetchFrom = now;
        restsUntil = null;
        nextRound = now;
    }

    /** Sets when the next round is, at the end of one. */
    void plan(long now) {
        nextRound = now + untilNextRound(now).toNanos();
    }

    private Duration untilNextRound(long now) {
        if (shallFetch(now)) {
            // Another instance is at it, or the store is away.
            contests = Math.min(contests + 1, MAX_DOUBLINGS);
            Duration pause = jittered(AGAIN.multipliedBy(1L << (contests - 1)));
            return usable(now)
                    .map(each -> shorter(pause, each.life(now).dividedBy(8)))
                    .orElse(pause);
        }
        Duration next = held != null && held.source() == Source.OWN ? jittered(SOON) : jittered(look);
        if (needsFetch(now)) {
            return shorter(shorter(next, SOON), pause(now));
        }
        return usable(now)
                .map(each -> shorter(next, Duration.ofNanos(each.renewal() - now)))
                .orElse(next);
    }

    private Duration jittered(Duration time) {
        return Duration.ofNanos((long) (time.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    CredentialState state(long now, int fetchesToday) {
        Optional<Held> usable = usable(now);
        Duration pause = pause(now);
        return new CredentialState(
                kind,
                usable.map(Held::source),
                usable.map(each -> Duration.ofNanos(now - each.obtained())),
                usable.map(each -> each.life(now)),
                usable.map(each -> Duration.ofNanos(each.renewal() - now)),
                fetchesToday,
                lastError(),
                Optional.of(pause).filter(time -> !time.isZero()),
                stopped && !pause.isZero(),
                awaySince != null);
    }

    private enum Wish {
        NONE,
        NORMAL,
        FORCED
    }

    /** What WeChat does not take, and the version that it had. */
    private record Refused(Secret value, long version) {}
}
