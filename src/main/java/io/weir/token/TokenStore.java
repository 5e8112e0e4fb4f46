package io.weir.token;

import io.vertx.core.Future;
import io.weir.config.Secret;
import java.time.Duration;

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
     * Takes a value away if it is the current one, or none is.
     *
     * @param version that the caller knew it by
     * @return what is there then
     */
    Future<Stored> invalidate(CredentialName name, Secret value, long version);

    /**
     * Gives the lease back, if the caller still has it.
     *
     * @param cooldown in which nobody shall fetch
     */
    Future<Void> release(CredentialName name, String owner, long fence, Cooldown cooldown);
}
