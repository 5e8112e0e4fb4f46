package io.weir.client;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.config.Secret;
import java.time.Duration;

/** Fetches credentials from WeChat. Only the token feature calls it: who needs one asks {@link AccessTokens}. Any thread. */
public interface CredentialFetcher {
    /**
     * One fetch, without repeating. Fails with a {@link WeChatException}.
     *
     * @param account name of the account in the configuration
     * @param force in stable mode: a new one even though the previous lives; at most 20 a day and 30 s apart
     */
    Future<FetchedCredential> issue(String account, CredentialKind kind, boolean force);

    /** What WeChat refused is mended, as the operator says or another instance shows: the next fetch is made whatever the last one said. */
    default void insist(String account) {}

    /**
     * Another instance has been refused the account's access_token, and none shall ask for it for a while: for health, here
     * as well.
     */
    default void heard(String account, WeChatException refusal, Duration time) {}

    /**
     * A credential as WeChat has just given it.
     *
     * @param life how long it lasts from now: {@code expires_in}, the remaining time
     */
    record FetchedCredential(Secret value, Duration life) {
        /** @throws IllegalArgumentException for a blank value or a life that is over */
        public FetchedCredential {
            if (value.reveal().isBlank() || life.isNegative() || life.isZero()) {
                throw new IllegalArgumentException("a credential needs a value and a life, found a life of " + life);
            }
        }
    }
}
