package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.Guard;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.Set;

/** The calls that show and clear the counts of calls (token-and-server-api.md §6). */
final class QuotaCalls {
    private final Set<String> paths;

    /** @param paths of all calls that there are; a view, which grows with the table */
    QuotaCalls(Set<String> paths) {
        this.paths = paths;
    }

    List<ApiCall> all() {
        return List.of(
                ApiCall.forAll(Method.POST, "/cgi-bin/clear_quota", QuotaCalls::clear),
                new ApiCall(
                        Method.POST,
                        "/cgi-bin/clear_quota/v2",
                        Guard.CREDENTIALS,
                        account -> true,
                        QuotaCalls::clearWithSecret),
                ApiCall.forAll(Method.POST, "/cgi-bin/openapi/quota/clear", this::clearOne),
                ApiCall.forAll(Method.POST, "/cgi-bin/openapi/quota/get", this::get));
    }

    private static ApiAnswer clear(ApiRequest request) {
        String appId = Bodies.json(request).path("appid").asText();
        if (appId.isEmpty()) {
            throw new Refused(41002, "appid missing");
        }
        if (!appId.equals(request.account().registration().appId())) {
            throw new Refused(40013, "invalid appid");
        }
        return clearWithSecret(request);
    }

    private static ApiAnswer clearWithSecret(ApiRequest request) {
        request.account().quotas().clear();
        return ApiAnswer.ok();
    }

    private ApiAnswer clearOne(ApiRequest request) {
        request.account().quotas().clear(path(request));
        return ApiAnswer.ok();
    }

    private ApiAnswer get(ApiRequest request) {
        return new ApiAnswer.Json(request.account().quotas().describe(path(request)));
    }

    private String path(ApiRequest request) {
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
