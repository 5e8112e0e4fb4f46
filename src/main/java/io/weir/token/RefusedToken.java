package io.weir.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.CredentialKind;
import io.weir.client.SharedCredentials;
import io.weir.config.Secret;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;

/**
 * Takes the word of another service that WeChat has refused an access_token: one that is still the current one is dropped,
 * and the next is fetched once for all.
 */
record RefusedToken(SharedCredentials credentials, CredentialValue value) implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        Secret refused = Secret.of(request.fields("token").requiredText("token"));
        return credentials
                .refused(request.account(), CredentialKind.ACCESS_TOKEN, refused)
                .compose(next -> credentials.states(request.account()))
                .map(states -> CredentialJson.states(request.account(), states))
                .compose(state -> request.bearer() ? withNext(state, request.account()) : Future.succeededFuture(state))
                .map(ApiAnswer::json);
    }

    private Future<ObjectNode> withNext(ObjectNode state, String account) {
        return value.of(account).map(next -> state.set("next", next));
    }
}
