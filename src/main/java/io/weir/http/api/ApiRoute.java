package io.weir.http.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/**
 * One line of the table of the admin port.
 *
 * @param path as OpenAPI writes it, with <code>{name}</code> for a parameter; one that is called {@code account} is the
 *     name of an account that there is, one that is called {@code path}, the last, takes all that follows
 * @param right what a token needs that may not do all
 * @param body how much of a body is taken
 * @param effect see {@link Effect}
 */
public record ApiRoute(HttpMethod method, String path, Access access, Right right, BodyLimit body, Effect effect) {
    private static final BodyLimit SMALL = new BodyLimit(64 * 1024, 0);

    /**
     * How much of a body is taken.
     *
     * @param bytes of one that is read whole before the route is asked
     * @param streamedBytes of a larger one, whose Content-Length says so and which the route reads itself
     */
    public record BodyLimit(int bytes, long streamedBytes) {
        /** The largest that is taken. */
        public long most() {
            return Math.max(bytes, streamedBytes);
        }
    }

    /** Answers one request, on the event loop. Fails or throws with an {@link ApiProblem} or a WeChatException. */
    @FunctionalInterface
    public interface Effect {
        Future<ApiAnswer> answer(ApiRequest request);
    }

    /** A question: what it is allowed by, and whom it tells, goes with what it tells. */
    public static ApiRoute get(String path, Access access, Effect effect) {
        Right right = access == Access.BEARER ? Right.REVEAL : Right.READ;
        return new ApiRoute(HttpMethod.GET, path, access, right, SMALL, effect);
    }

    public static ApiRoute post(String path, Access access, Effect effect) {
        return order(HttpMethod.POST, path, access, effect);
    }

    public static ApiRoute delete(String path, Access access, Effect effect) {
        return order(HttpMethod.DELETE, path, access, effect);
    }

    /** The work of an operator, as long as nothing else is said. */
    public static ApiRoute order(HttpMethod method, String path, Access access, Effect effect) {
        return new ApiRoute(method, path, access, Right.OPERATE, SMALL, effect);
    }

    /** The same for holders of another right. */
    public ApiRoute with(Right other) {
        return new ApiRoute(method, path, access, other, body, effect);
    }

    /** The same for bodies of another size. */
    public ApiRoute with(BodyLimit other) {
        return new ApiRoute(method, path, access, right, other, effect);
    }
}
