package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.http.BoundedBody;
import io.weir.simulator.api.CallExchange.WireAnswer;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a developer or a test steer the simulated WeChat over HTTP, under {@code /control/v1/}; from this machine only. JSON
 * comes and goes; what cannot be done is told as application/problem+json.
 */
public final class ControlApi {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
    private static final String ROOT = "/control/v1/";
    private static final int MAX_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final List<ControlRoute> routes;
    private final List<ControlStream> streams;

    public ControlApi(Vertx vertx, List<ControlRoute> routes, List<ControlStream> streams) {
        this.vertx = vertx;
        this.routes = List.copyOf(routes);
        this.streams = List.copyOf(streams);
    }

    /** Takes what comes under {@code /control/} on a router. */
    public void mount(Router router) {
        router.route("/control/*").handler(this::guard);
        routes.forEach(
                route -> router.route(route.method(), ROOT + route.path()).handler(context -> receive(context, route)));
        streams.forEach(stream -> router.get(ROOT + stream.path()).handler(context -> open(context, stream)));
        router.route("/control/*").handler(this::noRoute);
    }

    private void guard(RoutingContext context) {
        LocalCallers.problem(context.request())
                .ifPresentOrElse(
                        why -> tell(context.request(), new ControlProblem(403, "The caller is turned away", why)),
                        context::next);
    }

    private void receive(RoutingContext context, ControlRoute route) {
        HttpServerRequest request = context.request();
        BoundedBody.read(
                vertx,
                request,
                MAX_BYTES,
                body -> Future.succeededFuture(body)
                        .map(ControlApi::object)
                        .map(object -> new ControlRequest(context.pathParams(), object))
                        .compose(route.effect())
                        .onSuccess(answer -> send(request, 200, "application/json; charset=utf-8", answer))
                        .onFailure(failure -> tell(request, problem(failure))));
    }

    private static void open(RoutingContext context, ControlStream stream) {
        try {
            stream.effect()
                    .accept(
                            new ControlRequest(context.pathParams(), JsonNodeFactory.instance.objectNode()),
                            context.request());
        } catch (ControlProblem problem) {
            tell(context.request(), problem);
        }
    }

    private void noRoute(RoutingContext context) {
        String detail = "There is no " + context.request().method() + " "
                + context.request().path()
                + ". There are: "
                + String.join(
                        ", ",
                        Stream.concat(
                                        routes.stream().map(route -> route.method() + " " + ROOT + route.path()),
                                        streams.stream().map(stream -> "GET " + ROOT + stream.path()))
                                .toList())
                + ".";
        BoundedBody.read(
                vertx, context.request(), MAX_BYTES, body -> tell(context.request(), ControlProblem.notFound(detail)));
    }

    private static ObjectNode object(Buffer body) {
        if (body.length() == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return Bodies.object(body.toString());
        } catch (Refused notJson) {
            throw ControlProblem.badRequest("The body has to be a JSON object.");
        }
    }

    private static ControlProblem problem(Throwable failure) {
        if (failure instanceof ControlProblem expected) {
            return expected;
        }
        if (failure instanceof Refused why) {
            return new ControlProblem(409, "The platform refuses", why.errcode() + " " + why.errmsg());
        }
        LOG.atError().setCause(failure).log("a request to the control API has failed");
        return new ControlProblem(500, "The simulator has failed", "Its log says more.");
    }

    private static void tell(HttpServerRequest request, ControlProblem problem) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail());
        send(request, problem.status(), "application/problem+json", body);
    }

    private static void send(HttpServerRequest request, int status, String contentType, ObjectNode body) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(WireAnswer.encode(body));
    }

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

    /**
     * A line of the table of the control API whose answer goes on: server-sent events.
     *
     * @param path of a GET, under {@code /control/v1/}, with {@code :name} for a parameter
     * @param effect writes the answer, on the event loop; or throws a {@link ControlProblem} before it does
     */
    public record ControlStream(String path, BiConsumer<ControlRequest, HttpServerRequest> effect) {}
}
