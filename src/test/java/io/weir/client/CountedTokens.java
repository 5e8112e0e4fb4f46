package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.Secret;
import java.util.concurrent.atomic.AtomicInteger;

/** Tokens that are told apart by a number, which grows when one is refused. */
public final class CountedTokens implements AccessTokens {
    public static final String START = "80_tokenOfTheTest-thatNobodyMayEverRead+/=";

    private final AtomicInteger number = new AtomicInteger(1);
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public Future<Secret> current(String account) {
        return Future.succeededFuture(token(number.get()));
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        refusals.incrementAndGet();
        int current = number.get();
        return Future.succeededFuture(token(token.equals(token(current)) ? number.incrementAndGet() : current));
    }

    public int refusals() {
        return refusals.get();
    }

    private static Secret token(int number) {
        return Secret.of(START + number);
    }
}
