package io.weir.admin;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.client.WeChatClient;
import io.weir.client.calls.NetworkCalls;
import io.weir.client.calls.NetworkCalls.NetworkCheck;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Action;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Operator;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    public static List<ApiRoute> all(Vertx vertx, Supplier<List<AccountConfig>> accounts, WeChatClient wechat) {
        NetworkCalls network = new NetworkCalls(wechat);
        List<ApiRoute> routes = new ArrayList<>(new WeChatPassThrough(vertx, wechat).all());
        routes.addAll(LogRoutes.all());
        routes.addAll(List.of(
                get("/openapi.json", OPERATOR, OpenApi::document),
                get(ACCOUNTS, OPERATOR, new AccountList(accounts)),
                get(ACCOUNT + "/callback-ips", OPERATOR, new CallbackIps(network)),
                get(ACCOUNT + "/callback-check", OPERATOR, new CallbackCheck(network))
                        .with(Right.OPERATE)));
        return routes;
    }

    /** Tells which accounts there are, without their secrets. */
    record AccountList(Supplier<List<AccountConfig>> accounts) implements ApiRoute.Effect {
        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            ObjectNode answer = Json.object();
            ArrayNode list = answer.putArray("accounts");
            accounts.get()
                    .forEach(account -> list.addObject()
                            .put("name", account.name())
                            .put("mode", word(account.mode()))
                            .put("tokenMode", word(account.tokenMode()))
                            .put("testAccount", account.testAccount()));
            return Future.succeededFuture(ApiAnswer.json(answer));
        }

        private static String word(Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Asks WeChat where its pushes come from, each time. */
    record CallbackIps(NetworkCalls network) implements ApiRoute.Effect {
        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            return network.callbackIps(request.account()).map(CallbackIps::json).map(ApiAnswer::json);
        }

        private static ObjectNode json(List<String> ips) {
            ObjectNode json = Json.object();
            ArrayNode list = json.putArray("ip_list");
            ips.forEach(list::add);
            return json;
        }
    }

    /** Answers the description of the admin port: {@code openapi.json} beside this class, read once. */
    static final class OpenApi {
        private static final String DOCUMENT = read();

        private OpenApi() {}

        static Future<ApiAnswer> document(ApiRequest request) {
            return Future.succeededFuture(ApiAnswer.json(DOCUMENT));
        }

        private static String read() {
            try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
                byte[] bytes = Objects.requireNonNull(file, "openapi.json is missing in the jar")
                        .readAllBytes();
                return new String(bytes, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Lets WeChat check its way to the account's push URL. */
    record CallbackCheck(NetworkCalls network) implements ApiRoute.Effect {
        private static final String ACTION = "action";
        private static final String OPERATOR = "operator";
        private static final Map<String, Action> ACTIONS =
                words(Action.values(), action -> action.name().toLowerCase(Locale.ROOT));
        private static final Map<String, Operator> OPERATORS = words(Operator.values(), Operator::name);

        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            ApiFields fields = request.parameters(ACTION, OPERATOR);
            Action action = fields.oneOf(ACTION, ACTIONS, Action.ALL);
            Operator operator = fields.oneOf(OPERATOR, OPERATORS, Operator.DEFAULT);
            return network.check(request.account(), action, operator)
                    .map(CallbackCheck::json)
                    .map(ApiAnswer::json);
        }

        private static ObjectNode json(NetworkCheck check) {
            ObjectNode json = Json.object();
            ArrayNode dns = json.putArray("dns");
            check.dns().forEach(found -> add(dns, found));
            ArrayNode ping = json.putArray("ping");
            check.ping().forEach(sent -> add(ping, sent));
            return json;
        }

        private static void add(ArrayNode list, NetworkCheck.Dns found) {
            ObjectNode item = list.addObject().put("ip", found.ip());
            found.realOperator().ifPresent(operator -> item.put("real_operator", operator));
        }

        private static void add(ArrayNode list, NetworkCheck.Ping sent) {
            ObjectNode item = list.addObject().put("ip", sent.ip());
            sent.fromOperator().ifPresent(operator -> item.put("from_operator", operator));
            sent.packageLoss().ifPresent(loss -> item.put("package_loss", loss));
            sent.time().ifPresent(time -> item.put("time", time));
        }

        private static <T> Map<String, T> words(T[] choices, Function<T, String> word) {
            return Arrays.stream(choices)
                    .collect(Collectors.toMap(word, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        }
    }
}
