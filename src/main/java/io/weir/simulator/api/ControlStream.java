package io.weir.simulator.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;

/**
 * A line of the table of the control API whose answer goes on: server-sent events.
 *
 * @param path of a GET, under {@code /control/v1/}, with {@code :name} for a parameter
 * @param effect writes the answer, on the event loop; or throws a {@link ControlProblem} before it does
 */
public record ControlStream(String path, BiConsumer<ControlRequest, HttpServerRequest> effect) {}
