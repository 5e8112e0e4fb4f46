package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir doctor}, a gateway and a simulated WeChat, each a process of its own. */
class DoctorIT {
    private static final Duration WHOLE_RUN = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: %d }
            admin: { port: %d, token: "${WEIR_ADMIN_TOKEN}" }
            wechat: { baseUri: "http://127.0.0.1:%d" }
            accounts:
              shop:
                appId: wx00000000000000a1
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_TOKEN}"
                mode: plaintext
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final int wechatPort = SimulatedShop.freePort();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("weir.yaml"),
                CONFIGURATION.formatted(SimulatedShop.freePort(), SimulatedShop.freePort(), wechatPort));
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
    }

    @Test
    void findsARunningGatewayWellAndNamesAWrongSecret() {
        try (WeirProcess wechat = run(Secrets.ENVIRONMENT, "simulator", "--port", Integer.toString(wechatPort));
                WeirProcess serve = run(Secrets.ENVIRONMENT, "serve")) {
            wechat.awaitOut("server API");
            serve.awaitErr("gateway ready");

            try (WeirProcess well = run(Secrets.ENVIRONMENT, "doctor");
                    WeirProcess ill = run(withSecret("anotherSecret"), "doctor")) {
                assertThat(well.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(well.out())
                        .containsPattern("ok +gateway +a gateway is ready")
                        .containsPattern("ok +credentials \\(shop\\)")
                        .containsPattern("ok +push url \\(shop\\)");
                assertThat(ill.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(ill.out())
                        .containsPattern("fail +credentials \\(shop\\) +WeChat says 40125")
                        .doesNotContain("anotherSecret");
                assertThat(well.err() + ill.err()).isEmpty();
            }
        }
    }

    @Test
    void endsWithinItsLimitWhereNothingIsThere() {
        long start = System.nanoTime();
        try (WeirProcess doctor = run(Secrets.ENVIRONMENT, "doctor")) {
            assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WHOLE_RUN);
            assertThat(doctor.out()).contains("nothing listens there").doesNotContain("Exception");
        }
    }

    @Test
    void colourlessTextWhereNobodyLooks() {
        try (WeirProcess help = run(Secrets.ENVIRONMENT, "doctor", "--help");
                WeirProcess show = run(Map.of(), "token", "show")) {
            assertThat(help.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(help.out()).contains("Usage: weir doctor", "Examples:").doesNotContain("\u001B");
            assertThat(show.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(show.err()).contains("WEIR_APP_SECRET").doesNotContain("\tat ");
        }
    }

    private WeirProcess run(Map<String, String> environment, String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--conf", "weir.yaml"))
                .toArray(String[]::new);
        return WeirProcess.start(folder, environment, all);
    }

    private static Map<String, String> withSecret(String secret) {
        Map<String, String> environment = new HashMap<>(Secrets.ENVIRONMENT);
        environment.put("WEIR_APP_SECRET", secret);
        return environment;
    }
}
