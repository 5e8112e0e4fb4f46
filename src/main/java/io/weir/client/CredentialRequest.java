package io.weir.client;

import io.vertx.core.Future;
import io.weir.config.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the keeper of credentials over the event bus. */
public sealed interface CredentialRequest {
    /** The address of the keeper; every instance has one. */
    String ADDRESS = "weir.credentials";

    /** Asks the keeper for it. */
    Future<?> putTo(SharedCredentials keeper);

    /** {@link SharedCredentials#current}. */
    record Current(String account, CredentialKind kind) implements CredentialRequest {
        @Override
        public Future<?> putTo(SharedCredentials keeper) {
            return keeper.current(account, kind);
        }
    }

    /** {@link SharedCredentials#refused}. */
    record Refused(String account, CredentialKind kind, Secret value) implements CredentialRequest {
        @Override
        public Future<?> putTo(SharedCredentials keeper) {
            return keeper.refused(account, kind, value);
        }
    }

    /** {@link SharedCredentials#renew}. */
    record Renew(String account, CredentialKind kind, boolean force) implements CredentialRequest {
        @Override
        public Future<?> putTo(SharedCredentials keeper) {
            return keeper.renew(account, kind, force);
        }
    }

    /** {@link SharedCredentials#states}. */
    record States(String account) implements CredentialRequest {
        @Override
        public Future<?> putTo(SharedCredentials keeper) {
            return keeper.states(account).map(StateList::new);
        }
    }

    /** The answer to {@link States}. */
    record StateList(List<CredentialState> states) {
        public StateList {
            states = List.copyOf(states);
        }
    }

    /**
     * What the keeper replies to every request: failures travel as they are.
     *
     * @param value {@link Secret} or {@link StateList}
     */
    record Answer(@Nullable Object value, @Nullable WeChatException failure) {}
}
