package io.weir.token;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.config.Secret;
import io.weir.retry.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * What the instances share of their credentials: the values and who may fetch the next.
 *
 * <p>A lease runs out by itself. Who writes shows the fencing number of his lease; it must be newer than the last writer's,
 * so that whoever was frozen in the middle of a fetch cannot overwrite a newer value. Futures fail when the store is out of
 * reach.
 */
public interface TokenStore {
    /** What is there. */
    Future<Stored> read(CredentialName name);

    /** Asks to be the one that fetches; who has the lease already gets it again. */
    Future<Lease> lease(CredentialName name, FetchClaim claim);

    /** Writes a value unless one of a newer fence is there. True when it was written. */
    Future<Boolean> write(CredentialName name, Secret value, Duration life, Duration wholeLife, long fence);

    /**
     * Takes a value away if it is the current one, or none is. Where WeChat has refused several in a row soon after they came, nobody
     * shall fetch for a while then, unless somebody does already: all instances together, however many have been told.
     *
     * @param version that the caller knew it by
     * @return what is there then
     */
    Future<Stored> invalidate(CredentialName name, Secret value, long version, RefusalPause pause);

    /**
     * Gives the lease back, if the caller still has it.
     *
     * @param cooldown in which nobody shall fetch
     */
    Future<Void> release(CredentialName name, String owner, long fence, Cooldown cooldown);

    /** What a shared credential is kept under. */
    record CredentialName(String appId, CredentialKind kind) {}

    /**
     * How long nobody shall fetch where WeChat refuses each value that it gives.
     *
     * @param soon a value that was refused within this time of its coming counts as one in a row
     * @param growth of the pause, from the second in a row on
     * @param random from 0 to 1: which part of the half to the whole of it
     */
    record RefusalPause(Duration soon, Backoff growth, double random) {
        Duration after(int inARow) {
            return inARow < 2 ? Duration.ZERO : growth.after(inARow - 1, random);
        }
    }

    /**
     * What an instance says when it asks to be the one that fetches.
     *
     * @param owner name of the instance, unique in the fleet
     * @param length of the lease; it runs out by itself then
     * @param known a version that the fence must be newer than, in case the store has forgotten
     * @param insists whether it does not respect a {@linkplain TokenStore#release cooldown}: the operator wants it
     */
    record FetchClaim(String owner, Duration length, long known, boolean insists) {}

    /**
     * The answer to who wants to be the one that fetches.
     *
     * @param granted whether that is the asker now
     * @param fence grows with each lease, also over a loss of the store; 0 unless granted
     * @param others how long somebody else has the lease, or nobody shall have it; zero when granted
     * @param reason why nobody shall have it, of a {@link Cooldown}; empty when somebody has it, or none is known
     * @param stored what was in the store at that moment: another may have fetched since the asker looked
     */
    record Lease(boolean granted, long fence, Duration others, String reason, Stored stored) {}

    /**
     * What the store has of one credential.
     *
     * @param value empty when there is none, or none any more
     * @param life how long it lasts from now
     * @param wholeLife how long it lasted when it was fetched
     * @param version fencing number of who wrote last; 0 when nobody did, as far as the store remembers
     * @param invalidated version up to which WeChat has refused the values
     */
    record Stored(Optional<Secret> value, Duration life, Duration wholeLife, long version, long invalidated) {
        /** Of a store that knows nothing. */
        static final Stored NOTHING = new Stored(Optional.empty(), Duration.ZERO, Duration.ZERO, 0, 0);
    }
}
