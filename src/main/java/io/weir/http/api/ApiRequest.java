package io.weir.http.api;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of a route. Prints nothing of it.
 *
 * @param path the parameters of the path
 * @param bearer whether the caller has sent the admin token
 */
public record ApiRequest(Map<String, String> path, MultiMap query, Buffer body, boolean bearer) {
    public ApiRequest {
        path = Map.copyOf(path);
    }

    /** The account that the path names. */
    public String account() {
        return Optional.ofNullable(path.get("account"))
                .orElseThrow(() -> new IllegalStateException("the route has no parameter account"));
    }

    /**
     * The fields of the body; none where there is no body.
     *
     * @param known their names; another one is refused, most often it is spelt wrong
     * @throws ApiProblem 400
     */
    public ApiFields fields(String... known) {
        return ApiFields.ofBody(body, known);
    }

    /**
     * The parameters of the query, as texts.
     *
     * @param known their names; another one is refused
     * @throws ApiProblem 400
     */
    public ApiFields parameters(String... known) {
        return ApiFields.ofQuery(query, known);
    }

    @Override
    public String toString() {
        return "a request to the admin port";
    }
}
