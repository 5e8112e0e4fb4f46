package io.weir.simulator.api;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.weir.http.RawHttp;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.time.OffsetTime;
import io.weir.simulator.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulated WeChat on a free port, with the accounts {@code main} and {@code other}; its clock stands still. */
final class TestApi {
    static final String APP_ID = "wx0000000000000001";
    static final String SECRET = "secretGreen1";

    /** What a good request for a classic token has after the question mark. */
    static final String TOKEN_QUERY = "grant_type=client_credential&appid=" + APP_ID + "&secret=" + SECRET;

    final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));
    final OffsetTime shifted = new OffsetTime(time);
    final Platform platform = new Platform(
            List.of(
                    Registration.of("main", APP_ID, SECRET, "gh_1"),
                    Registration.of("other", "wx0000000000000002", "secretBlue2", "gh_2")),
            shifted.clock());
    final ApiServer server;
    private final AtomicInteger port = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestApi(Vertx vertx, List<ApiCall> more) {
        List<ApiCall> calls = new ArrayList<>(more);
        calls.addAll(TokenEndpoints.all());
        calls.addAll(NetworkEndpoints.all());
        server = new ApiServer(vertx, platform, shifted, calls);
        Router router = Router.router(vertx);
        server.mount(router);
        List<ControlRoute> routes = new ArrayList<>(new AccountControls(platform).all());
        routes.addAll(new FaultControls(server.faults()).all());
        routes.addAll(new ServerControls(server.counts(), shifted).all());
        new ControlApi(vertx, routes, List.of()).mount(router);
        await(vertx.deployVerticle(new SimulatorServer("127.0.0.1", 0, router, port))
                .toCompletionStage()
                .toCompletableFuture());
    }

    static TestApi start(Vertx vertx, ApiCall... more) {
        return new TestApi(vertx, List.of(more));
    }

    PlatformAccount account() {
        return platform.byName("main").orElseThrow();
    }

    /** A valid token of the account {@code main}, not fetched over HTTP. */
    String token() {
        return platform.exclusively(() -> account().tokens().fetch().value());
    }

    HttpResponse<String> get(String pathAndQuery) {
        return send("GET", pathAndQuery, "");
    }

    HttpResponse<String> post(String pathAndQuery, String body) {
        return send("POST", pathAndQuery, body);
    }

    HttpResponse<String> send(String method, String pathAndQuery, String body) {
        return await(sending(method, pathAndQuery, body));
    }

    CompletableFuture<HttpResponse<String>> sending(String method, String pathAndQuery, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    RawHttp connect() throws IOException {
        return new RawHttp(port.get());
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
