package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.Secret;
import java.util.List;

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
}
