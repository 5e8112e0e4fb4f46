package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.Secrets;
import io.weir.ServeIT;
import io.weir.SimulatedShop;
import io.weir.WeirProcess;
import io.weir.redis.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has just got ready: it has answered thousands of requests, and nothing shows of them. */
class WarmUpIT {
    private final int pushPort = SimulatedShop.freePort();
    private final int adminPort = SimulatedShop.freePort();
    private final URI admin = URI.create("http://127.0.0.1:" + adminPort);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void getsReadyOnlyWhenItIsWarm() throws Exception {
        write("");
        try (WeirProcess serve = serve(Map.of("WEIR_LOG", "DEBUG"))) {
            List<Integer> statuses = new ArrayList<>();
            serve.awaitThat("/ready", () -> {
                statuses.add(ready());
                return statuses.contains(200);
            });

            serve.awaitErr("(?s)WarmUp warmed up requests=\"[1-9].*gateway ready");
            assertThat(statuses).contains(503);
        }
    }

    @Test
    void showsNothingOfItInMetricsJournalRedisAndLog() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            write("redis: { uri: \"" + redis.uri() + "\" }\n");
            try (WeirProcess serve = serve(Map.of())) {
                List<String> meanwhile = new ArrayList<>();

                serve.awaitThat("/ready", () -> {
                    meanwhile.add(get("/metrics"));
                    meanwhile.add(get("/api/v1/pushes"));
                    return ready() == 200;
                });

                assertThat(meanwhile).noneMatch(text -> text.contains("warm-up"));
                assertThat(get("/metrics"))
                        .contains("weir_push_duration_seconds_count 0")
                        .contains("weir_backend_requests_total{backend=\"shop\",outcome=\"reply\"} 0.0")
                        .doesNotContain("warm-up")
                        .doesNotContainPattern("weir_(pushes|repeats|refusals|executions)_total\\{.*} [1-9]");
                assertThat(get("/api/v1/pushes")).contains("\"pushes\" : [ ]");
                assertThat(redis.command("KEYS", "*")).doesNotContain("warm", ":push", ":key");
                assertThat(serve.err().lines()).singleElement().asString().contains("gateway ready");
            }
        }
    }

    @Test
    void leavesNoListenerAndNoConnection() throws Exception {
        assumeThat(Path.of("/proc/net/tcp")).as("this system's list of sockets").exists();
        write("");
        try (WeirProcess serve = serve(Map.of())) {
            serve.awaitErr("gateway ready");

            assertThat(serve.tcpPorts()).isEqualTo(Set.of(pushPort, adminPort));
        }
    }

    /** With a log line for each push, which is for trying things out. */
    @Test
    void isLeftOutWhereEachPushIsLogged() throws Exception {
        write("");
        try (WeirProcess serve = serve(Map.of("WEIR_PUSH_LOG", "INFO"))) {
            serve.awaitErr("gateway ready");

            assertThat(serve.err()).doesNotContain("answered");
        }
    }

    private void write(String more) throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), """
                push: { host: 127.0.0.1, port: %d }
                admin: { port: %d, token: "${WEIR_ADMIN_TOKEN}" }
                accounts:
                  shop:
                    appId: wx00000000000000a1
                    appSecret: "${WEIR_APP_SECRET}"
                    token: "${WEIR_TOKEN}"
                    mode: plaintext
                replies: replies.yaml
                backends: { shop: { url: "http://127.0.0.1:1/", secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3, format: json } }
                %s""".formatted(pushPort, adminPort, more));
        Files.writeString(
                folder.resolve("replies.yaml"), "CLICK: { default: { text: hello }, asked: { backend: shop } }\n");
    }

    private WeirProcess serve(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Secrets.ENVIRONMENT);
        all.putAll(environment);
        return WeirProcess.startAsShipped(folder, all, "serve", "--conf", "weir.yaml");
    }

    /** 0 while there is no admin port. */
    private int ready() {
        try {
            return ServeIT.get(admin.resolve("/ready"), Optional.empty()).statusCode();
        } catch (IOException notOpen) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String path) {
        try {
            return ServeIT.get(admin.resolve(path), Optional.of(Secrets.ADMIN_TOKEN))
                    .body();
        } catch (IOException notOpen) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
