package io.weir.health;

import static io.weir.http.api.Access.OPEN;
import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells how the process is; from any thread, without waiting.
 *
 * @param isReady whether a balancer should send pushes here
 * @param report what an operator wants to know; no secret in it
 * @param scrape in Prometheus' text format
 */
public record HealthRoutes(BooleanSupplier isReady, Supplier<ObjectNode> report, Supplier<Future<String>> scrape) {
    /** One line for each path and method. */
    public List<ApiRoute> all() {
        return List.of(
                get("/live", OPEN, HealthRoutes::live),
                get("/ready", OPEN, this::ready),
                get("/health", OPERATOR, this::health),
                get("/metrics", OPERATOR, this::metrics));
    }

    static Future<ApiAnswer> live(ApiRequest request) {
        return Future.succeededFuture(ApiAnswer.text(200, "live"));
    }

    Future<ApiAnswer> ready(ApiRequest request) {
        return Future.succeededFuture(
                isReady.getAsBoolean() ? ApiAnswer.text(200, "ready") : ApiAnswer.text(503, "not ready"));
    }

    Future<ApiAnswer> health(ApiRequest request) {
        return Future.succeededFuture(ApiAnswer.json(report.get()));
    }

    Future<ApiAnswer> metrics(ApiRequest request) {
        return scrape.get().map(text -> ApiAnswer.text(200, text));
    }
}
