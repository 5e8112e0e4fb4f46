package io.weir.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How one credential is at this instance, for operators; no part of its value.
 *
 * @param source where it came from; empty when there is none
 * @param age since this instance has it
 * @param life how long it lasts from now
 * @param nextRenewal when the next one is fetched, from now
 * @param fetchesToday by this instance since midnight in China
 * @param lastError of the last fetch; empty when that succeeded
 * @param paused how long nothing is fetched because of it
 * @param stopped whether only the operator can mend that
 * @param storeAway whether the store that the instances share cannot be reached
 */
public record CredentialState(
        CredentialKind kind,
        Optional<Source> source,
        Optional<Duration> age,
        Optional<Duration> life,
        Optional<Duration> nextRenewal,
        int fetchesToday,
        Optional<WeChatException> lastError,
        Optional<Duration> paused,
        boolean stopped,
        boolean storeAway) {

    /** Where a credential came from. */
    public enum Source {
        /** This instance has fetched it for all. */
        FETCHED_HERE,
        /** Another one has, or this one before it was restarted. */
        FROM_STORE,
        /** This instance has fetched it for itself, since it could not reach the store. */
        OWN
    }
}
