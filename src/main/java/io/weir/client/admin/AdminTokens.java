package io.weir.client.admin;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.client.admin.AdminException.Kind;
import io.weir.config.Secret;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Where a command gets the access_token from: from the gateway that runs on this machine, and only where none does from
 * {@link DirectTokens}. Any thread. Fails with an {@link AdminException} as well.
 */
public final class AdminTokens implements AccessTokens {
    private final AdminGateway gateway;
    private final DirectTokens alone;
    private final Consumer<String> talk;
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param talk is told where a token comes from, when that may surprise */
    public AdminTokens(AdminGateway gateway, DirectTokens alone, Consumer<String> talk) {
        this.gateway = gateway;
        this.alone = alone;
        this.talk = talk;
    }

    @Override
    public Future<Secret> current(String account) {
        return gateway.accessToken(account)
                .recover(failure ->
                        mayGoAlone(account, failure) ? alone.current(account) : Future.failedFuture(failure));
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        return gateway.refused(account, token)
                .compose(dropped -> gateway.accessToken(account))
                .recover(failure ->
                        mayGoAlone(account, failure) ? alone.refused(account, token) : Future.failedFuture(failure));
    }

    /** A gateway that keeps its token to itself is no obstacle where asking WeChat gives the same one. */
    private boolean mayGoAlone(String account, Throwable failure) {
        if (!(failure instanceof AdminException known)) {
            return false;
        }
        if (known.kind() == Kind.TOKEN_MISSING && alone.isHarmless(account)) {
            tellOnce(known.getMessage() + ". WeChat is asked instead, which in stable mode gives the same token.");
            return true;
        }
        return known.kind() == Kind.ABSENT;
    }

    private void tellOnce(String words) {
        if (told.compareAndSet(false, true)) {
            talk.accept(words);
        }
    }
}
