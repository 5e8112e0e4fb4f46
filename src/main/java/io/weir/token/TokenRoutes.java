package io.weir.token;

import static io.weir.client.CredentialKind.ACCESS_TOKEN;
import static io.weir.client.CredentialKind.JSAPI_TICKET;
import static io.weir.http.api.Access.BEARER;
import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import io.weir.client.SharedCredentials;
import io.weir.http.api.ApiRoute;
import java.util.List;

/** The routes of the accounts' credentials; {@code openapi.json} describes each line. */
public final class TokenRoutes {
    private static final String ACCOUNT = "/api/v1/accounts/{account}";

    private TokenRoutes() {}

    /** One line for each path and method. */
    public static List<ApiRoute> all(SharedCredentials credentials) {
        CredentialValue token = new CredentialValue(credentials, ACCESS_TOKEN);
        CredentialValue ticket = new CredentialValue(credentials, JSAPI_TICKET);
        return List.of(
                get(ACCOUNT + "/token", OPERATOR, new TokenState(credentials)),
                post(ACCOUNT + "/token/refresh", OPERATOR, new TokenRefresh(credentials)),
                get(ACCOUNT + "/access-token", BEARER, token),
                post(ACCOUNT + "/access-token/refused", OPERATOR, new RefusedToken(credentials, token)),
                get(ACCOUNT + "/jsapi-ticket", BEARER, ticket));
    }
}
