package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ConsoleFilesTest {
    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
    }

    /** The pages, and those that only tests have. */
    static Stream<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of(
                "src/main/resources/io/weir/admin/console",
                "src/main/resources/io/weir/http/page",
                "src/test/resources/io/weir/admin/console")) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.walk(Path.of(folder))) {
                    files.filter(Files::isRegularFile).forEach(found::add);
                }
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void servesEveryFileOfTheFolderToEverybody(Path file) throws Exception {
        String answer = get("/console/" + file.getFileName());

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n",
                        "X-Content-Type-Options: nosniff\r\n",
                        "cache-control: no-cache\r\n",
                        "Referrer-Policy: no-referrer\r\n")
                .endsWith("\r\n\r\n" + Files.readString(file));
    }

    @Test
    void saysWhatKindOfFileItIs() throws Exception {
        assertThat(get("/console/probe.js")).contains("content-type: text/javascript; charset=utf-8\r\n");
    }

    @Test
    void servesTheLibraryForChartsFromItsOwnJarWithItsLicence() throws Exception {
        assertThat(get("/console/uplot.js"))
                .startsWith("HTTP/1.1 200")
                .contains("github.com/leeoniya/uPlot", "var uPlot=");
        assertThat(get("/console/uplot.css")).startsWith("HTTP/1.1 200").contains(".u-wrap");
        assertThat(getClass().getResource("/META-INF/resources/webjars/uplot/1.6.30/LICENSE"))
                .isNotNull();
    }

    @Test
    void beginsAtTheConsole() throws Exception {
        assertThat(get("/")).startsWith("HTTP/1.1 302").contains("location: /console/\r\n");
    }

    @Test
    void thePathWithoutItsSlashLeadsToTheConsole() throws Exception {
        assertThat(get("/console")).startsWith("HTTP/1.1 302").contains("location: /console/\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/PROBE.js",
                "/console/probe.js/",
                "/console/probe.js%00",
                "/console/%70robe.js",
                "/console/..%2Flogback.xml",
                "/console/../logback.xml",
                "/console/./probe.js",
                "/console//probe.js",
                "/console/probe",
                "/console/probe.class",
                "/consoleprobe.js",
                "/logback.xml",
                "/io/weir/console/openapi.json"
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(get(path)).startsWith("HTTP/1.1 404").doesNotContain("probe of the tests", "<configuration");
    }

    private String get(String path) throws IOException {
        try (RawHttp http = admin.connect()) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .response();
        }
    }
}
