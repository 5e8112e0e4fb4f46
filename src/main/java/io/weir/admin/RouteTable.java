package io.weir.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.weir.client.WeChatException;
import io.weir.http.BoundedBody;
import io.weir.http.ConnectionWatch;
import io.weir.http.EarlyAnswer;
import io.weir.http.StaticFiles;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import io.weir.http.api.WeChatFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to its route, past the guard, and its answer or problem back. One for each server, on its event loop. */
final class RouteTable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);
    private static final long MAX_BYTES = 64 * 1024;
    /** Of those whom nobody knows yet. */
    private static final int MAX_VISITOR_BYTES = 4 * 1024;

    private static final String ACCOUNT = "account";
    private static final String REST = "path";

    private final Vertx vertx;
    private final AdminGuard guard;
    private final AuditLog audit;
    private final Set<String> accounts;
    private final ConnectionWatch watch;

    /**
     * @param audit is told of what needs more than to read
     * @param watch is told when a request has arrived to its last byte, and of answers that last
     */
    RouteTable(Vertx vertx, AdminGuard guard, AuditLog audit, Set<String> accounts, ConnectionWatch watch) {
        this.audit = audit;
        this.vertx = vertx;
        this.guard = guard;
        this.accounts = Set.copyOf(accounts);
        this.watch = watch;
    }

    Router router(List<ApiRoute> routes) {
        Router router = Router.router(vertx);
        new StaticFiles(RouteTable.class, "console/").mount(router, "/console/");
        Map<String, List<ApiRoute>> paths =
                routes.stream().collect(Collectors.groupingBy(ApiRoute::path, LinkedHashMap::new, Collectors.toList()));
        paths.forEach((path, methods) -> router.route(pattern(path)).handler(context -> receive(context, methods)));
        router.route().handler(this::noPath);
        router.errorHandler(400, context -> tell(context.request(), unreadable(400, MAX_BYTES, 0)));
        router.errorHandler(500, context -> tell(context.request(), bug(context.failure(), "router")));
        return router;
    }

    private static String pattern(String path) {
        return path.replaceFirst("/\\{" + REST + "}$", "/*").replace("{", ":").replace("}", "");
    }

    private void receive(RoutingContext context, List<ApiRoute> methods) {
        HttpServerRequest request = context.request();
        Optional<ApiRoute> route = methods.stream()
                .filter(each -> each.method().equals(request.method()))
                .findFirst();
        Optional<String> account = Optional.ofNullable(context.pathParam(ACCOUNT));
        Optional<ApiProblem> refusal = guard.refusal(request, route.orElse(methods.get(0)), account);
        route.filter(known -> refusal.filter(problem -> problem.status() == 403).isPresent())
                .ifPresent(known -> note(context, known, 403));
        refusal.or(() -> route.isPresent() ? noAccount(context) : Optional.of(noMethod(request, methods)))
                .ifPresentOrElse(problem -> refuse(request, problem), () -> read(context, route.orElseThrow()));
    }

    /** Who waits for it counts as one who is waited for: his connection makes way before others. */
    private void refuse(HttpServerRequest request, ApiProblem problem) {
        Duration pause = guard.pause(request, problem);
        if (pause.isZero()) {
            tell(request, problem);
        } else {
            vertx.setTimer(pause.toMillis(), id -> tell(request, problem));
        }
    }

    private void read(RoutingContext context, ApiRoute route) {
        HttpServerRequest request = context.request();
        ApiRoute.BodyLimit limit = route.body();
        long announced = announced(request);
        if (announced > limit.bytes() && announced <= limit.streamedBytes()) {
            request.pause();
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            answer(context, route, Buffer.buffer(), Optional.of(request));
            return;
        }
        int most = route.access() == Access.VISITOR ? MAX_VISITOR_BYTES : limit.bytes();
        BoundedBody.read(
                request,
                most,
                body -> answer(context, route, body, Optional.empty()),
                status -> tell(request, unreadable(status, most, limit.streamedBytes())));
    }

    /** What is no number is left to whoever reads the body. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }

    private void answer(RoutingContext context, ApiRoute route, Buffer body, Optional<HttpServerRequest> stream) {
        HttpServerRequest request = context.request();
        stream.ifPresentOrElse(watch::stream, () -> watch.complete(request));
        Future.succeededFuture(context)
                .map(asked -> new ApiRequest(
                        parameters(asked, route),
                        asked.queryParams(),
                        request.headers(),
                        body,
                        stream,
                        guard.token(request).isPresent(),
                        guard.caller(request).map(AdminToken::rights),
                        guard.caller(request).map(AdminToken::name),
                        AdminGuard.peer(request)))
                .compose(route.effect()::answer)
                .onSuccess(answer -> {
                    note(context, route, answer.status());
                    send(request, answer);
                })
                .onFailure(failure -> {
                    ApiProblem problem = problem(failure, route);
                    note(context, route, problem.status());
                    tell(request, problem);
                });
    }

    private void note(RoutingContext context, ApiRoute route, int status) {
        HttpServerRequest request = context.request();
        Right needed = AdminGuard.needed(request, route);
        guard.caller(request).ifPresent(who -> audit.note(who.name(), route, needed, context.pathParams(), status));
    }

    /** Those of the path; the last takes the rest of it, without dots and percent signs that mean another path. */
    private static Map<String, String> parameters(RoutingContext context, ApiRoute route) {
        Map<String, String> parameters = new HashMap<>(context.pathParams());
        String[] template = route.path().split("/", -1);
        if (template[template.length - 1].equals("{" + REST + "}")) {
            parameters.put(REST, context.normalizedPath().split("/", template.length)[template.length - 1]);
        }
        return parameters;
    }

    private void noPath(RoutingContext context) {
        Access access = context.normalizedPath().startsWith("/api/") ? Access.OPERATOR : Access.OPEN;
        refuse(
                context.request(),
                guard.refusal(context.request(), access)
                        .orElseGet(() -> ApiProblem.of(
                                404, "There is no such path", "GET /openapi.json tells which paths there are.")));
    }

    private Optional<ApiProblem> noAccount(RoutingContext context) {
        String account = context.pathParam(ACCOUNT);
        return account == null || accounts.contains(account)
                ? Optional.empty()
                : Optional.of(ApiProblem.of(
                        404, "There is no such account", "GET /api/v1/accounts tells which accounts there are."));
    }

    private static ApiProblem noMethod(HttpServerRequest request, List<ApiRoute> methods) {
        String allowed =
                methods.stream().map(route -> route.method().name()).sorted().collect(Collectors.joining(", "));
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        return ApiProblem.of(405, "The method is not allowed here", "This path takes: " + allowed + ".");
    }

    private static ApiProblem unreadable(int status, long most, long streamed) {
        String more = streamed > 0 ? ", or " + streamed + " where Content-Length tells its length" : "";
        return status == 413
                ? ApiProblem.of(413, "The body is too large", "A body may have " + most + " bytes at most" + more + ".")
                : ApiProblem.badRequest("The path, the query, the Host or the body cannot be read.");
    }

    private static ApiProblem problem(Throwable failure, ApiRoute route) {
        if (failure instanceof ApiProblem expected) {
            return expected;
        }
        if (failure instanceof WeChatException expected) {
            return WeChatFailure.problem(expected);
        }
        return failure instanceof HttpException unreadable
                ? unreadable(unreadable.getStatusCode(), MAX_BYTES, 0)
                : bug(failure, route.path());
    }

    private static ApiProblem bug(Throwable failure, String path) {
        LOG.atError().setCause(failure).addKeyValue("path", path).log("a request to the admin port has failed");
        return ApiProblem.of(500, "Weir has failed", "Its log says more.");
    }

    private void tell(HttpServerRequest request, ApiProblem problem) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, ApiProblem.CONTENT_TYPE);
        EarlyAnswer.end(
                vertx, request, problem.status(), Buffer.buffer(problem.body().toString()));
    }

    private void send(HttpServerRequest request, ApiAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        answer.etag().ifPresent(state -> response.putHeader(HttpHeaders.ETAG, '"' + state + '"'));
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        if (answer.stream().isPresent()) {
            watch.stream(request);
            answer.stream().get().accept(response);
        } else {
            response.end(answer.body());
        }
    }
}
