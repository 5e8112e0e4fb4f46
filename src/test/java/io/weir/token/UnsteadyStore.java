package io.weir.token;

import io.vertx.core.Future;
import io.weir.config.Secret;
import io.weir.token.TokenStore.CredentialName;
import io.weir.token.TokenStore.FetchClaim;
import io.weir.token.TokenStore.Lease;
import io.weir.token.TokenStore.RefusalPause;
import io.weir.token.TokenStore.Stored;
import java.time.Duration;
import java.util.function.Supplier;

/** A store that can go away. */
final class UnsteadyStore implements TokenStore {
    private final TokenStore inner;
    private boolean away;

    UnsteadyStore(TokenStore inner) {
        this.inner = inner;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Future<Stored> read(CredentialName name) {
        return unlessAway(() -> inner.read(name));
    }

    @Override
    public Future<Lease> lease(CredentialName name, FetchClaim claim) {
        return unlessAway(() -> inner.lease(name, claim));
    }

    @Override
    public Future<Boolean> write(CredentialName name, Secret value, Duration life, Duration wholeLife, long fence) {
        return unlessAway(() -> inner.write(name, value, life, wholeLife, fence));
    }

    @Override
    public Future<Stored> invalidate(CredentialName name, Secret value, long version, RefusalPause pause) {
        return unlessAway(() -> inner.invalidate(name, value, version, pause));
    }

    @Override
    public Future<Void> release(CredentialName name, String owner, long fence, Cooldown cooldown) {
        return unlessAway(() -> inner.release(name, owner, fence, cooldown));
    }

    private <T> Future<T> unlessAway(Supplier<Future<T>> operation) {
        return away ? Future.failedFuture("the store is away") : operation.get();
    }
}
