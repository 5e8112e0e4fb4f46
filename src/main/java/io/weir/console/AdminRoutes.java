package io.weir.console;

import static io.weir.client.CredentialKind.ACCESS_TOKEN;
import static io.weir.client.CredentialKind.JSAPI_TICKET;
import static io.weir.http.api.Access.BEARER;
import static io.weir.http.api.Access.OPEN;
import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import io.weir.client.SharedCredentials;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiRoute;
import java.util.List;
import java.util.function.Supplier;

/** The table of contents of the admin port, as far as it is this room's; {@code openapi.json} describes each line. */
public final class AdminRoutes {
    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String ACCOUNT = ACCOUNTS + "/{account}";

    private AdminRoutes() {}

    /**
     * One line for each path and method.
     *
     * @param accounts those of the configuration, as they are when somebody asks
     */
    public static List<ApiRoute> all(
            Vitals vitals,
            Supplier<List<AccountConfig>> accounts,
            SharedCredentials credentials,
            NetworkCalls network) {
        CredentialValue token = new CredentialValue(credentials, ACCESS_TOKEN);
        CredentialValue ticket = new CredentialValue(credentials, JSAPI_TICKET);
        CallbackCheck check = new CallbackCheck(network);
        return List.of(
                get("/live", OPEN, Vitals::live),
                get("/ready", OPEN, vitals::ready),
                get("/health", OPERATOR, vitals::health),
                get("/metrics", OPERATOR, vitals::metrics),
                get("/openapi.json", OPERATOR, OpenApi::document),
                get(ACCOUNTS, OPERATOR, new AccountList(accounts)),
                get(ACCOUNT + "/token", OPERATOR, new TokenState(credentials)),
                post(ACCOUNT + "/token/refresh", OPERATOR, new TokenRefresh(credentials)),
                get(ACCOUNT + "/access-token", BEARER, token),
                post(ACCOUNT + "/access-token/refused", OPERATOR, new RefusedToken(credentials, token)),
                get(ACCOUNT + "/jsapi-ticket", BEARER, ticket),
                get(ACCOUNT + "/callback-ips", OPERATOR, new CallbackIps(network)),
                get(ACCOUNT + "/callback-check", OPERATOR, check::asInQuery),
                post(ACCOUNT + "/callback-check", OPERATOR, check::asInBody));
    }
}
