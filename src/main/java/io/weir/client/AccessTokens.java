package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.Secret;

/** Where calls get their access_token from. Any thread. */
public interface AccessTokens {
    /** One that is valid as far as is known; waits, within a limit, only when there is none. Fails with a {@link WeChatException}. */
    Future<Secret> current(String account);

    /**
     * WeChat has refused this one (40001, 40014, 42001): it is dropped if it is still the current one, for all instances, and
     * the next is fetched once.
     *
     * @return the one to repeat the call with
     */
    Future<Secret> refused(String account, Secret token);
}
