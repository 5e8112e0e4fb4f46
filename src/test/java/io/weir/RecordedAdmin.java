package io.weir;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the admin port of a gateway does that holds a token for {@code shop}, and keeps what it was asked. */
public final class RecordedAdmin {
    static final String ACCESS_TOKEN = "token-of-the-gateway";

    final List<String> asked = new CopyOnWriteArrayList<>();
    public volatile JsonObject state = new JsonObject()
            .put("source", "fetched_here")
            .put("ageSeconds", 300)
            .put("expiresInSeconds", 6_900)
            .put("nextRenewalSeconds", 6_600)
            .put("fetchesToday", 3)
            .put("stopped", false)
            .put("storeAway", false);

    private final HttpServer server;

    /** One that the admin token opens, and nothing else. */
    public RecordedAdmin(Vertx vertx) {
        this.server = SimulatedShop.join(
                vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    }

    public int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            asked.add(request.method() + " " + request.path() + " " + body.toString("UTF-8"));
            boolean bearer = ("Bearer " + Secrets.ADMIN_TOKEN).equals(request.getHeader("Authorization"));
            if (request.path().equals("/ready")) {
                request.response().end("ready\n");
            } else if (!bearer) {
                problem(request, 401, new JsonObject().put("title", "The admin token is needed"));
            } else {
                tell(request);
            }
        });
    }

    private void tell(HttpServerRequest request) {
        switch (request.path()) {
            case "/api/v1/accounts/shop/token", "/api/v1/accounts/shop/token/refresh" ->
                request.response()
                        .end(new JsonObject()
                                .put("account", "shop")
                                .put("accessToken", state)
                                .encode());
            case "/api/v1/accounts/shop/access-token" ->
                request.response()
                        .end(new JsonObject().put("access_token", ACCESS_TOKEN).encode());
            default ->
                problem(
                        request,
                        404,
                        new JsonObject().put("title", "Not found").put("detail", "There is no such account."));
        }
    }

    private static void problem(HttpServerRequest request, int status, JsonObject problem) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.put("status", status).encode());
    }
}
