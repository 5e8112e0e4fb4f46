package io.weir.http.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/**
 * One line of the table of the admin port.
 *
 * @param path as OpenAPI writes it, with <code>{name}</code> for a parameter; one that is called {@code account} is the
 *     name of an account that there is
 * @param effect see {@link Effect}
 */
public record ApiRoute(HttpMethod method, String path, Access access, Effect effect) {
    /** Answers one request, on the event loop. Fails or throws with an {@link ApiProblem} or a WeChatException. */
    @FunctionalInterface
    public interface Effect {
        Future<ApiAnswer> answer(ApiRequest request);
    }

    public static ApiRoute get(String path, Access access, Effect effect) {
        return new ApiRoute(HttpMethod.GET, path, access, effect);
    }

    public static ApiRoute post(String path, Access access, Effect effect) {
        return new ApiRoute(HttpMethod.POST, path, access, effect);
    }

    public static ApiRoute put(String path, Access access, Effect effect) {
        return new ApiRoute(HttpMethod.PUT, path, access, effect);
    }

    public static ApiRoute delete(String path, Access access, Effect effect) {
        return new ApiRoute(HttpMethod.DELETE, path, access, effect);
    }
}
