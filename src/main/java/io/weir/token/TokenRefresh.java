package io.weir.token;

import io.vertx.core.Future;
import io.weir.client.CredentialKind;
import io.weir.client.SharedCredentials;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;

/** Fetches the account's access_token though there is one, and tells how it is then. */
record TokenRefresh(SharedCredentials credentials) implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        boolean force = request.fields("force").flag("force");
        return credentials
                .renew(request.account(), CredentialKind.ACCESS_TOKEN, force)
                .compose(renewed -> new TokenState(credentials).answer(request));
    }
}
