package io.weir.admin;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiRoute;
import java.util.List;
import java.util.function.Supplier;

/** The routes of the accounts themselves and of the API's description; {@code openapi.json} describes each line. */
public final class AdminRoutes {
    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String ACCOUNT = ACCOUNTS + "/{account}";

    private AdminRoutes() {}

    /**
     * One line for each path and method.
     *
     * @param accounts those of the configuration, as they are when somebody asks
     */
    public static List<ApiRoute> all(Supplier<List<AccountConfig>> accounts, NetworkCalls network) {
        CallbackCheck check = new CallbackCheck(network);
        return List.of(
                get("/openapi.json", OPERATOR, OpenApi::document),
                get(ACCOUNTS, OPERATOR, new AccountList(accounts)),
                get(ACCOUNT + "/callback-ips", OPERATOR, new CallbackIps(network)),
                get(ACCOUNT + "/callback-check", OPERATOR, check::asInQuery),
                post(ACCOUNT + "/callback-check", OPERATOR, check::asInBody));
    }
}
