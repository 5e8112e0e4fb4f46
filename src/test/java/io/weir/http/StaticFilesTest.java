package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.weir.redis.Await;
import io.weir.simulator.page.PhonePage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with files of the phone page. */
class StaticFilesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() {
        Router router = Router.router(vertx);
        new StaticFiles(PhonePage.class, "").mount(router, "/page/");
        port = Await.result(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "/page/, text/html; charset=utf-8",
        "/page/index.html, text/html; charset=utf-8",
        "/page/theme.css, text/css; charset=utf-8",
        "/page/main.js, text/javascript; charset=utf-8",
        "/page/icon.svg, image/svg+xml"
    })
    void servesAFileWithItsTypeAndAStrictPolicy(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        String tag = get("/page/main.js").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> answer = get("/page/main.js", "If-None-Match", tag);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(get("/page/main.js", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/none.html",
                "/page/PhonePage.class",
                "/page/sample-menu.json",
                "/page/../sample-menu.json",
                "/page/%2e%2e/sample-menu.json",
                "/page/main.js/",
                "/main.js"
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void thePortLeadsToThePage() throws Exception {
        HttpResponse<String> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/page/");
    }

    @Test
    void thePathWithoutItsSlashLeadsToThePage() throws Exception {
        HttpResponse<String> answer = get("/page");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/page/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/", "/page/main.js"})
    void headTellsWhatGetWouldAndSendsNoBody(String path) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        HttpResponse<String> whole = get(path);
        assertThat(answer.headers().firstValue("ETag"))
                .isEqualTo(whole.headers().firstValue("ETag"));
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isEqualTo(whole.body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void sendsGzipToWhoTakesIt() throws Exception {
        HttpResponse<byte[]> answer = CLIENT.send(
                request("/page/main.js").header("Accept-Encoding", "br, gzip").build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(answer.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        String unpacked = new String(
                new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(unpacked).isEqualTo(get("/page/main.js").body());
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/page/main.js", "Accept-Encoding", "gzip", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/page/main.js", "If-None-Match", tag).statusCode()).isEqualTo(200);
        assertThat(get("/page/main.js", "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void servesWhatAllPagesShareUnlessThePageHasItsOwn() throws Exception {
        assertThat(get("/page/dom.js").body()).isEqualTo(resource("src/main/resources/io/weir/http/page/dom.js"));
        assertThat(get("/page/words.js").body())
                .isEqualTo(resource("src/main/resources/io/weir/simulator/page/words.js"));
    }

    private static String resource(String path) throws IOException {
        return Files.readString(Path.of(path));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }
}
