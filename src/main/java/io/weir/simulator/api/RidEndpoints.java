package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.Method;
import java.util.List;

/** The call that explains a request id (token-and-server-api.md §6). */
final class RidEndpoints {
    private final Rids rids;

    RidEndpoints(Rids rids) {
        this.rids = rids;
    }

    List<ApiCall> all() {
        return List.of(ApiCall.forAll(Method.POST, "/cgi-bin/openapi/rid/get", this::get));
    }

    private CallAnswer get(CallRequest request) {
        String rid = Bodies.json(request).path("rid").asText();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("request", rids.find(rid, request.account().registration().appId()));
        return new CallAnswer.Json(answer);
    }
}
