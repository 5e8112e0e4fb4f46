package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.config.Secret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks others for each account's token once, though several checks need it. Any thread. */
public final class RememberedTokens implements AccessTokens {
    private final AccessTokens source;
    private final Map<String, Future<Secret>> asked = new ConcurrentHashMap<>();

    public RememberedTokens(AccessTokens source) {
        this.source = source;
    }

    @Override
    public Future<Secret> current(String account) {
        return asked.computeIfAbsent(account, source::current);
    }

    /** A second one is not fetched: that the first was refused is what the doctor was asked for. */
    @Override
    public Future<Secret> refused(String account, Secret token) {
        return source.refused(account, token);
    }
}
