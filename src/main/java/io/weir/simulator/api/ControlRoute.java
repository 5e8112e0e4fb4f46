package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One line of the table of the control API.
 *
 * @param path under {@code /control/v1/}, with {@code :name} for a parameter
 * @param effect on the event loop; fails or throws with {@link ControlProblem}
 */
public record ControlRoute(HttpMethod method, String path, Function<ControlRequest, Future<ObjectNode>> effect) {

    /** A route whose answer is there at once. */
    public static ControlRoute of(HttpMethod method, String path, Function<ControlRequest, ObjectNode> effect) {
        return new ControlRoute(method, path, request -> Future.succeededFuture(effect.apply(request)));
    }
}
