package io.weir.token;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;

/** Tells how the account's access_token and ticket are. */
record TokenState(SharedCredentials credentials) implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        return credentials
                .states(request.account())
                .map(states -> CredentialJson.states(request.account(), states))
                .map(ApiAnswer::json);
    }
}
