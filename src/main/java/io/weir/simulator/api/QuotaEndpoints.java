package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.api.ApiCall.TokenRule;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.Set;

/** The calls that show and clear the counts of calls (token-and-server-api.md §6). */
final class QuotaEndpoints {
    private final Set<String> paths;

    /** @param paths of all calls that there are; a view, which grows with the table */
    QuotaEndpoints(Set<String> paths) {
        this.paths = paths;
    }

    List<ApiCall> all() {
        return List.of(
                ApiCall.forAll(Method.POST, "/cgi-bin/clear_quota", QuotaEndpoints::clear),
                new ApiCall(
                        Method.POST,
                        "/cgi-bin/clear_quota/v2",
                        TokenRule.CREDENTIALS,
                        account -> true,
                        QuotaEndpoints::clearWithSecret),
                ApiCall.forAll(Method.POST, "/cgi-bin/openapi/quota/clear", this::clearOne),
                ApiCall.forAll(Method.POST, "/cgi-bin/openapi/quota/get", this::get));
    }

    private static CallAnswer clear(CallRequest request) {
        String appId = Bodies.json(request).path("appid").asText();
        if (appId.isEmpty()) {
            throw new Refused(41002, "appid missing");
        }
        if (!appId.equals(request.account().registration().appId())) {
            throw new Refused(40013, "invalid appid");
        }
        return clearWithSecret(request);
    }

    private static CallAnswer clearWithSecret(CallRequest request) {
        request.account().quotas().clear();
        return CallAnswer.ok();
    }

    private CallAnswer clearOne(CallRequest request) {
        request.account().quotas().clear(path(request));
        return CallAnswer.ok();
    }

    private CallAnswer get(CallRequest request) {
        return new CallAnswer.Json(request.account().quotas().describe(path(request)));
    }

    private String path(CallRequest request) {
        ObjectNode body = Bodies.json(request);
        String path = body.path("cgi_path").asText();
        if (path.startsWith("/sns/")) {
            throw new Refused(76022, "could not use this cgi_path, no permission");
        }
        if (!paths.contains(path)) {
            throw new Refused(76021, "cgi_path not found, please check");
        }
        return path;
    }
}
