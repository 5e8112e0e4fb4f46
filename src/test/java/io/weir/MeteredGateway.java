package io.weir;

import io.vertx.core.Vertx;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A gateway in this process, as its admin port shows it. */
final class MeteredGateway implements AutoCloseable {
    private static final String PORTS = "push: { host: 127.0.0.1, port: 0 }\nadmin: { port: 0 }\n";

    private final Vertx vertx;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Gateway gateway;

    private MeteredGateway(Vertx vertx, Path file) {
        this.vertx = vertx;
        ConfigFiles.Loaded loaded =
                new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC()).load(Optional.of(file));
        gateway = Await.result(new Gateway(
                        vertx,
                        loaded.require(),
                        loaded.replies(),
                        loaded.own(),
                        Gateway.RuntimeOptions.of(loaded.file()).spooling())
                .start());
    }

    /**
     * Starts it.
     *
     * @param accounts how many: {@code a0} and so on
     * @param more sections of the configuration
     */
    static MeteredGateway start(Path folder, int accounts, String more) throws IOException {
        return start(Runtimes.vertx(), folder, accounts, more);
    }

    /** The same on a Vert.x that ends with it. */
    static MeteredGateway start(Vertx vertx, Path folder, int accounts, String more) throws IOException {
        String all = IntStream.range(0, accounts)
                .mapToObj(each -> "  a" + each + ": { appId: wx" + (1_000_000_000_000_000L + each)
                        + ", appSecret: s, token: weirTestToken }\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("replies.yaml"), "text: { default: { text: answer } }\n");
        return new MeteredGateway(
                vertx, Files.writeString(folder.resolve("weir.yaml"), PORTS + more + "accounts:\n" + all));
    }

    ScrapedMetrics scrape() {
        return ScrapedMetrics.parse(get("/metrics"));
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    String post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
    }

    URI pushUri(String account) {
        return URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/" + account);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        Await.result(vertx.close());
    }
}
