package io.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.calls.NetworkCalls;
import io.weir.client.calls.NetworkCalls.NetworkCheck;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Action;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Operator;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets WeChat check its way to the account's push URL. */
record CallbackCheck(NetworkCalls network) {
    private static final String ACTION = "action";
    private static final String OPERATOR = "operator";
    private static final Map<String, Action> ACTIONS =
            words(Action.values(), action -> action.name().toLowerCase(Locale.ROOT));
    private static final Map<String, Operator> OPERATORS = words(Operator.values(), Operator::name);

    Future<ApiAnswer> asInQuery(ApiRequest request) {
        return check(request.account(), request.parameters(ACTION, OPERATOR));
    }

    Future<ApiAnswer> asInBody(ApiRequest request) {
        return check(request.account(), request.fields(ACTION, OPERATOR));
    }

    private Future<ApiAnswer> check(String account, ApiFields fields) {
        Action action = fields.oneOf(ACTION, ACTIONS, Action.ALL);
        Operator operator = fields.oneOf(OPERATOR, OPERATORS, Operator.DEFAULT);
        return network.check(account, action, operator).map(CallbackCheck::json).map(ApiAnswer::json);
    }

    private static ObjectNode json(NetworkCheck check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
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
