package io.weir.admin;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logs people in to the console with the admin token, and out. After failures every login waits, the longer the more there
 * were, up to {@value #LONGEST_PAUSE_MILLIS} ms, and but a few wait at once, fewer still from one address. Any thread.
 */
public final class SessionRoutes {
    private static final String SESSION = "/api/v1/session";
    private static final int FIRST_PAUSE_MILLIS = 250;
    private static final int LONGEST_PAUSE_MILLIS = 4_000;
    private static final int MAX_WAITING = 10;
    /** So that one who tries tokens leaves space for the operator. */
    private static final int MAX_WAITING_OF_ONE = 2;

    private final Vertx vertx;
    private final Sessions sessions;
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> waiting = new ArrayList<>();

    private SessionRoutes(Vertx vertx, Sessions sessions, MeterRegistry metrics) {
        this.vertx = vertx;
        this.sessions = sessions;
        FunctionCounter.builder("weir.console.logins.refused", sessions.wrongTokens(), WrongTokens::count)
                .description(
                        "Logins to the console and requests to the admin port with another token than the admin token")
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
        boolean open = !sessions.areNeeded() || request.bearer() || sessions.isOpen(request.headers());
        return Future.succeededFuture(
                ApiAnswer.json(Json.object().put("needed", sessions.areNeeded()).put("open", open)));
    }

    private Future<ApiAnswer> open(ApiRequest request) {
        Secret given = Secret.of(request.fields("token").requiredText("token"));
        if (!sessions.areNeeded()) {
            return Future.succeededFuture(ApiAnswer.done());
        }
        if (!mayWait(request.peer())) {
            throw ApiProblem.of(429, "Too many logins at once", "Others are trying tokens: wait some seconds.");
        }
        return pause().onComplete(ended -> waited(request.peer())).map(waited -> opened(given, request));
    }

    private boolean mayWait(String peer) {
        synchronized (waiting) {
            return waiting.size() < MAX_WAITING
                    && Collections.frequency(waiting, peer) < MAX_WAITING_OF_ONE
                    && waiting.add(peer);
        }
    }

    private void waited(String peer) {
        synchronized (waiting) {
            waiting.remove(peer);
        }
    }

    private Future<Void> pause() {
        int before = failures.get();
        return before == 0
                ? Future.succeededFuture()
                : vertx.timer(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, before - 1)))
                        .mapEmpty();
    }

    private ApiAnswer opened(Secret given, ApiRequest request) {
        if (!sessions.admits(given)) {
            failures.incrementAndGet();
            sessions.wrongTokens().note(request.peer());
            throw ApiProblem.of(
                    401, "This is not the admin token", "It is the value of admin.token in the configuration.");
        }
        failures.set(0);
        sessions.close(request.headers());
        return ApiAnswer.done().with("Set-Cookie", cookie(sessions.open(), request.headers()));
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
