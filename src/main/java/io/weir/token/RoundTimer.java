package io.weir.token;

import io.weir.client.CredentialState.Source;
import io.weir.retry.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When to look into the store again, and to fetch where that is needed. Pure; not for use by several threads. */
final class RoundTimer {
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
