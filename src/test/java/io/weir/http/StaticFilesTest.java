package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.weir.redis.Await;
import io.weir.simulator.page.PhonePage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with files of the phone page. */
class StaticFilesTest {
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
    void servesWhatAllPagesShareUnlessThePageHasItsOwn() throws Exception {
        assertThat(get("/page/dom.js").body()).isEqualTo(resource("src/main/resources/io/weir/http/page/dom.js"));
        assertThat(get("/page/words.js").body())
                .isEqualTo(resource("src/main/resources/io/weir/simulator/page/words.js"));
    }

    private static String resource(String path) throws IOException {
        return Files.readString(Path.of(path));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
