package io.weir.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells how the process is; from any thread, without waiting.
 *
 * @param isReady whether a balancer should send pushes here
 * @param report what an operator wants to know; no secret in it
 * @param scrape in Prometheus' text format
 */
public record Vitals(BooleanSupplier isReady, Supplier<ObjectNode> report, Supplier<String> scrape) {
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
        return Future.succeededFuture(ApiAnswer.text(200, scrape.get()));
    }
}
