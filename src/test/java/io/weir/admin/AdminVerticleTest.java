package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.LogCapture;
import io.weir.config.Secret;
import io.weir.health.HealthRoutes;
import io.weir.http.OverloadRefusals;
import io.weir.http.RawHttp;
import io.weir.http.api.Access;
import io.weir.http.api.ApiRoute;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@ExtendWith(VertxExtension.class)
class AdminVerticleTest {
    private static final String TOKEN = "adminTokenGreen5";
    private static final String UNAUTHORIZED = "{\"title\":\"A token is needed\",\"status\":401,"
            + "\"detail\":\"Send the header Authorization: Bearer with the value of admin.token, or with a secret of admin.tokens.\"}";

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private int port;

    @Test
    void tellsThatItLivesAndWhetherItIsReady(Vertx vertx) throws Exception {
        start(vertx, Optional.of(Secret.of(TOKEN)));

        assertThat(get("/live", "")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nlive\n");
        assertThat(get("/ready", "")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nready\n");
        ready.set(false);
        assertThat(get("/live", "")).startsWith("HTTP/1.1 200");
        assertThat(get("/ready", "")).startsWith("HTTP/1.1 503").contains("cache-control: no-store");
    }

    @Test
    void tellsHealthAndMetricsToTheBearerOfTheToken(Vertx vertx) throws Exception {
        start(vertx, Optional.of(Secret.of(TOKEN)));

        assertThat(get("/health", "Authorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("application/json", "\"status\" : \"fine\"")
                .doesNotContain(TOKEN);
        assertThat(get("/metrics", "Authorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\nweir_pushes_total 1\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: \r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Bearer adminTokenGreen\r\n",
                "Authorization: Bearer adminTokenGreen55\r\n",
                "Authorization: adminTokenGreen5\r\n",
                "Authorization: Basic adminTokenGreen5\r\n",
                "Cookie: token=adminTokenGreen5\r\n"
            })
    void tellsNobodyElse(String headers, Vertx vertx) throws Exception {
        start(vertx, Optional.of(Secret.of(TOKEN)));

        for (String path : List.of("/health", "/metrics")) {
            assertThat(get(path, headers))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer", "application/problem+json")
                    .endsWith("\r\n\r\n" + UNAUTHORIZED);
        }
    }

    @Test
    void tellsEverybodyOnLoopbackWhereNoTokenIsSet(Vertx vertx) throws Exception {
        start(vertx, Optional.empty());

        assertThat(get("/health", "")).startsWith("HTTP/1.1 200");
        assertThat(get("/metrics", "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET *", "OPTIONS *", "CONNECT x:443", "CONNECT *", "GET http://x", "GET x", "GET ?", "HEAD //"})
    void answersOddTargetsWithoutALineInTheLog(String target, Vertx vertx) throws Exception {
        start(vertx, Optional.of(Secret.of(TOKEN)));

        try (LogCapture log = LogCapture.atItsLevel(Logger.ROOT_LOGGER_NAME)) {
            assertThat(send(target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).matches("(?s)HTTP/1.1 (30.|40[0345]) .*");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void knowsNoOtherPathAndMethod(Vertx vertx) throws Exception {
        start(vertx, Optional.empty());

        assertThat(get("/", "")).startsWith("HTTP/1.1 302").contains("location: /console/\r\n");
        assertThat(get("/console", "")).startsWith("HTTP/1.1 302").contains("location: /console/\r\n");
        assertThat(get("/console/x", "")).startsWith("HTTP/1.1 404");
        assertThat(get("/health/x", "")).startsWith("HTTP/1.1 404");
        assertThat(get("/wx/main", "")).startsWith("HTTP/1.1 404");
        assertThat(send("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("allow: GET\r\n")
                .endsWith("{\"title\":\"The method is not allowed here\",\"status\":405,"
                        + "\"detail\":\"This path takes: GET.\"}");
        assertThat(get("/%zz", "")).startsWith("HTTP/1.1 400");
    }

    @Test
    void tellsOfABugInTheLogOnly(Vertx vertx) throws Exception {
        start(vertx, Optional.empty());

        for (String path : List.of("/bug", "/hidden/bug")) {
            assertThat(send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 500")
                    .endsWith("{\"title\":\"Weir has failed\",\"status\":500,\"detail\":\"Its log says more.\"}");
        }
    }

    @Test
    void answersMalformedHttpWith400(Vertx vertx) throws Exception {
        start(vertx, Optional.empty());

        assertThat(send("GET /live HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/2.0 400");
    }

    private void start(Vertx vertx, Optional<Secret> token) throws Exception {
        HealthRoutes healthRoutes = new HealthRoutes(
                ready::get,
                () -> JsonNodeFactory.instance.objectNode().put("status", "fine"),
                () -> Future.succeededFuture("weir_pushes_total 1\n"));
        List<ApiRoute> routes = new ArrayList<>(healthRoutes.all());
        routes.addAll(List.of(
                ApiRoute.post("/bug", Access.OPERATOR, request -> Future.failedFuture(new AssertionError("a bug"))),
                ApiRoute.post("/hidden/bug", Access.OPERATOR, request -> {
                    throw new IllegalStateException("secret words");
                })));
        AdminVerticle verticle = new AdminVerticle(
                new AdminConfig("127.0.0.1", 0, token),
                new Sessions(new AdminConfig("127.0.0.1", 0, token), bytes -> {}, Clock.systemUTC()),
                Set.of(),
                routes,
                OverloadRefusals.uncounted(),
                new AuditLog(Optional::empty, "alone-1", Clock.systemUTC()));
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        port = verticle.port();
    }

    private String get(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    private String send(String request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(request).response();
        }
    }
}
