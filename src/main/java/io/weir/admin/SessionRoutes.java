package io.weir.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.weir.admin.Sessions.WrongTokens;
import io.weir.client.Json;
import io.weir.config.Secret;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logs people in to the console with a token of the admin port, and out. Who has the token is let in at once, whatever others try; who goes on
 * trying others waits for each answer, {@value #MAX_WAITING} at once at most. Any thread.
 */
public final class SessionRoutes {
    private static final String SESSION = "/api/v1/session";
    private static final int MAX_WAITING = 10;

    private final Vertx vertx;
    private final Sessions sessions;
    private final AtomicInteger waiting = new AtomicInteger();

    private SessionRoutes(Vertx vertx, Sessions sessions, MeterRegistry metrics) {
        this.vertx = vertx;
        this.sessions = sessions;
        FunctionCounter.builder("weir.console.logins.refused", sessions.wrongTokens(), WrongTokens::count)
                .description(
                        "Logins to the console and requests to the admin port with a token that is not in the configuration")
                .register(metrics);
    }

    public static List<ApiRoute> all(Vertx vertx, Sessions sessions, MeterRegistry metrics) {
        SessionRoutes routes = new SessionRoutes(vertx, sessions, metrics);
        return List.of(
                ApiRoute.get(SESSION, Access.VISITOR, routes::tell),
                ApiRoute.post(SESSION, Access.VISITOR, routes::open),
                ApiRoute.delete(SESSION, Access.VISITOR, routes::close));
    }

    private Future<ApiAnswer> tell(ApiRequest request) {
        Optional<AdminToken> caller = sessions.caller(request.headers());
        ObjectNode json = Json.object()
                .put("needed", sessions.areNeeded())
                .put("open", !sessions.areNeeded() || caller.isPresent());
        caller.ifPresent(token -> {
            json.put("name", token.name());
            token.role().ifPresent(role -> json.put("role", role));
            token.wordList().forEach(json.putArray("rights")::add);
        });
        return Future.succeededFuture(ApiAnswer.json(json));
    }

    private Future<ApiAnswer> open(ApiRequest request) {
        Secret given = Secret.of(request.fields("token").requiredText("token"));
        if (!sessions.areNeeded()) {
            return Future.succeededFuture(ApiAnswer.done());
        }
        Optional<String> opened = sessions.open(given);
        if (opened.isEmpty()) {
            return refused(sessions.wrongTokens().note(request.peer()));
        }
        sessions.close(request.headers());
        return Future.succeededFuture(ApiAnswer.done().with("Set-Cookie", cookie(opened.get(), request.headers())));
    }

    private Future<ApiAnswer> refused(Duration pause) {
        ApiProblem refusal = ApiProblem.of(
                401,
                "This is no token of the admin port",
                "It is the value of admin.token or a secret of admin.tokens in the configuration.");
        if (pause.isZero()) {
            throw refusal;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw ApiProblem.of(429, "Too many logins at once", "Others are trying tokens: wait some seconds.");
        }
        return vertx.timer(pause.toMillis())
                .onComplete(ended -> waiting.decrementAndGet())
                .compose(waited -> Future.failedFuture(refusal));
    }

    private Future<ApiAnswer> close(ApiRequest request) {
        sessions.close(request.headers());
        return Future.succeededFuture(
                ApiAnswer.done().with("Set-Cookie", cookie("", request.headers()) + "; Max-Age=0"));
    }

    /** The port itself has no TLS; a proxy before it says whether the browser came by it. */
    private static String cookie(String value, MultiMap headers) {
        boolean secure = "https".equalsIgnoreCase(headers.get("X-Forwarded-Proto"));
        return Sessions.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
