package io.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.weir.client.admin.AdminGateway;
import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.doctor.Doctor.Finding;
import io.weir.doctor.Doctor.Finding.Level;
import io.weir.redis.Await;
import io.weir.redis.RedisFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the doctor says of a running gateway, which is an HTTP server with its answers here. */
class GatewayProbeIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void tellsWhatTheGatewayNames() {
        List<Finding> findings = look("""
                {"status": "degraded",
                 "redis": {"up": true, "fault": "OTHER_VERSION", "error": "a row that cannot be read", "hint": "run one version"},
                 "clock": {"fault": "CLOCKS_DIFFER", "problem": "this machine's clock is 900 s behind Redis's", "hint": "use NTP"}}
                """);

        assertThat(findings)
                .satisfiesExactly(
                        ready -> assertThat(ready.level()).isEqualTo(Level.OK),
                        redis -> {
                            assertThat(redis.level()).isEqualTo(Level.WARN);
                            assertThat(redis.found()).isEqualTo("the gateway says: a row that cannot be read");
                            assertThat(redis.fix()).containsExactly("Run one version.");
                            assertThat(redis.facts()).containsEntry("fault", RedisFault.OTHER_VERSION.name());
                        },
                        clock -> {
                            assertThat(clock.found()).contains("900 s behind Redis's");
                            assertThat(clock.facts()).containsEntry("fault", "CLOCKS_DIFFER");
                        });
    }

    @Test
    void isContentWithAGatewayThatNamesNothing() {
        assertThat(look("{\"status\": \"ready\", \"redis\": {\"up\": true}, \"clock\": {}}"))
                .singleElement()
                .satisfies(ready -> assertThat(ready.level()).isEqualTo(Level.OK));
        assertThat(look("no JSON")).hasSize(1);
    }

    @Test
    void saysWithWhichConfigurationItRuns() {
        assertThat(look("{\"configuration\": {\"file\": \"/etc/weir/weir.yaml\"}}"))
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.level()).isEqualTo(Level.OK);
                    assertThat(ready.found()).endsWith(" and runs with /etc/weir/weir.yaml");
                });
        assertThat(look("{\"configuration\": {\"file\": \"weir.yaml\"}}"))
                .singleElement()
                .satisfies(ready -> assertThat(ready.level()).isEqualTo(Level.OK));
        assertThat(look("{\"configuration\": {\"file\": \"/srv/old.yaml\"}}"))
                .singleElement()
                .satisfies(other -> {
                    assertThat(other.level()).isEqualTo(Level.WARN);
                    assertThat(other.found()).endsWith("runs with /srv/old.yaml, not with the file that was looked at");
                    assertThat(other.fix()).containsExactly("Give this command that file: --conf /srv/old.yaml.");
                });
    }

    private List<Finding> look(String health) {
        HttpServer server = Await.result(vertx.createHttpServer()
                .requestHandler(request -> request.response().end(request.path().equals("/health") ? health : "{}"))
                .listen(0, "127.0.0.1"));
        AdminGateway gateway = new AdminGateway(
                vertx, new AdminAddress("127.0.0.1", server.actualPort(), Optional.empty()), Duration.ofSeconds(5));
        return Await.result(new GatewayProbe(gateway, List.of(), Optional.of(Path.of("/etc/weir/weir.yaml"))).look());
    }
}
