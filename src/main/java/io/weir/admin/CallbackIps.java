package io.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.calls.NetworkCalls;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.util.List;

/** Asks WeChat where its pushes come from, each time. */
record CallbackIps(NetworkCalls network) implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        return network.callbackIps(request.account()).map(CallbackIps::json).map(ApiAnswer::json);
    }

    private static ObjectNode json(List<String> ips) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("ip_list");
        ips.forEach(list::add);
        return json;
    }
}
