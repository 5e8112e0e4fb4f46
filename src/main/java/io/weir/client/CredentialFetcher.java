package io.weir.client;

import io.vertx.core.Future;
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
}
