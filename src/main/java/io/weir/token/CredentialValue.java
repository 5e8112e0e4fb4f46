package io.weir.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.CredentialKind;
import io.weir.client.CredentialState;
import io.weir.client.SharedCredentials;
import io.weir.config.Secret;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives a credential away, with its remaining life, as WeChat's own answer would: for other services of the owner. */
record CredentialValue(SharedCredentials credentials, CredentialKind kind) implements ApiRoute.Effect {
    private static final int LOOKS = 3;

    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        return of(request.account()).map(ApiAnswer::json);
    }

    Future<ObjectNode> of(String account) {
        return credentials
                .current(account, kind)
                .compose(value -> look(account, value, LOOKS))
                .map(this::json);
    }

    /** The life is this value's where the value is the same before and after; else a renewal came between: look again. */
    private Future<Lasting> look(String account, Secret value, int looks) {
        return credentials
                .states(account)
                .map(this::life)
                .compose(life -> credentials.current(account, kind).map(now -> new Lasting(now, life)))
                .compose(seen ->
                        seen.value.equals(value) ? Future.succeededFuture(seen) : again(account, seen, looks - 1));
    }

    private Future<Lasting> again(String account, Lasting seen, int looks) {
        return looks == 0
                ? Future.succeededFuture(new Lasting(seen.value, Optional.empty()))
                : look(account, seen.value, looks);
    }

    private Optional<Duration> life(List<CredentialState> states) {
        return states.stream().filter(state -> state.kind() == kind).findFirst().flatMap(CredentialState::life);
    }

    private ObjectNode json(Lasting lasting) {
        String name = switch (kind) {
            case ACCESS_TOKEN -> "access_token";
            case JSAPI_TICKET -> "ticket";
        };
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(name, lasting.value.reveal());
        lasting.life.ifPresent(life -> json.put("expires_in", Math.max(0, life.toSeconds())));
        return json;
    }

    private record Lasting(Secret value, Optional<Duration> life) {}
}
