package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.ExitCode;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), ServeIT.CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
        Files.writeString(folder.resolve("club.yaml"), "");
    }

    /** As behind a balancer: it sends pushes until it has seen that /ready is red, and a little longer. */
    @Test
    void answersEveryPushUnderLoadAlsoWhileItStops() throws Exception {
        try (WeirProcess serve = serve();
                PushStream load = new PushStream(List.of(ServeIT.shop(Secrets.TOKEN)), ServeIT.pushBase(serve))) {
            URI ready = ServeIT.admin(serve).resolve("/ready");
            serve.awaitThat("load", () -> load.accepted() > 300);

            serve.signal("TERM");
            serve.awaitThat("/ready to go red", () -> status(ready) == 503);
            long before = load.accepted();
            serve.awaitThat("answers while /ready is red", () -> load.accepted() > before + 20);
            Queue<String> failures = load.stop();

            assertThat(serve.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(failures).isEmpty();
            assertThat(serve.err())
                    .contains("stopping signal=\"TERM\"", "stopped")
                    .doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    void finishesAPushThatIsUnderWayWhenTheDoorShuts() throws IOException {
        try (WeirProcess serve = serve()) {
            int port = ServeIT.pushBase(serve).getPort();
            try (RawHttp http = new RawHttp(port)) {
                http.send("POST /wx/shop?" + HostileClientsIT.signed()
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
                serve.signal("TERM");
                serve.awaitThat("the closed listener", () -> !accepts(port));

                assertThat(http.send("abc").response()).startsWith("HTTP/1.1 403");
            }
            assertThat(serve.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void endsAtOnceAtTheSecondSignal() throws IOException {
        try (WeirProcess serve = serve();
                RawHttp http = new RawHttp(ServeIT.pushBase(serve).getPort())) {
            http.send("POST /wx/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
            serve.signal("TERM").awaitErr("stopping signal");

            assertThat(serve.signal("TERM").exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(serve.err())
                    .contains("second signal, ending at once signal=\"TERM\"")
                    .doesNotContain(" stopped");
        }
    }

    @Test
    void endsWith130AtCtrlC() {
        try (WeirProcess serve = serve()) {
            ServeIT.pushBase(serve);

            assertThat(serve.signal("INT").exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(serve.err()).contains("stopped");
        }
    }

    private WeirProcess serve() {
        return WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml");
    }

    private static boolean accepts(int port) {
        try {
            new RawHttp(port).close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static int status(URI uri) {
        try {
            HttpResponse<String> response = ServeIT.get(uri, Optional.empty());
            return response.statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
