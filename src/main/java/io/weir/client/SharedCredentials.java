package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The credentials that the whole fleet has one each of per account. What fails, fails with a {@link WeChatException}. */
public interface SharedCredentials {
    /** One that is valid as far as is known; waits, within a limit, only when there is none. */
    Future<Secret> current(String account, CredentialKind kind);

    /**
     * WeChat has refused this value: it is dropped if it is still the current one, for all instances, and the next is
     * fetched once.
     *
     * @return the one to repeat the call with
     */
    Future<Secret> refused(String account, CredentialKind kind, Secret value);

    /**
     * Fetches one though there is one: the operator's wish, which no earlier failure holds back.
     *
     * @param force in stable mode a new one, with which WeChat ends the previous at once
     */
    Future<Secret> renew(String account, CredentialKind kind, boolean force);

    /** How the account's credentials are, those that somebody has asked for. */
    Future<List<CredentialState>> states(String account);

    /** What the whole fleet shares one of per account, and WeChat lets expire. */
    enum CredentialKind {
        /** The access_token. */
        ACCESS_TOKEN,
        /** The ticket of the JS-SDK. */
        JSAPI_TICKET
    }

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
    record CredentialState(
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
}
