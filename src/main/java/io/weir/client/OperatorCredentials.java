package io.weir.client;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.config.Secret;
import java.util.List;

/** The credentials as the operator asks for them: his wish for another one says that what stopped the calls is mended. */
public record OperatorCredentials(SharedCredentials credentials, WeChatClient client) implements SharedCredentials {
    @Override
    public Future<Secret> current(String account, CredentialKind kind) {
        return credentials.current(account, kind);
    }

    @Override
    public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
        return credentials.refused(account, kind, value);
    }

    @Override
    public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
        client.lift(account);
        return credentials.renew(account, kind, force);
    }

    @Override
    public Future<List<CredentialState>> states(String account) {
        return credentials.states(account);
    }
}
