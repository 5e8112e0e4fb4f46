package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {
    private static final String WRONG = """
            push: { port: 80800 }
            accounts:
              shop:
                appId: wx00000000000000a1
                appSecret: 4f0c3b2a5d6e7f8091a2b3c4d5e6f708
                token: "${WEIR_TOKNE}"
                mode: saef
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("wrong.yaml"), WRONG);
        Files.writeString(folder.resolve("weir.yaml"), ServeIT.CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "VIEW: { default: { text: nobody sees this } }\n");
        Files.writeString(folder.resolve("club.yaml"), "CLICK: { default: { text: hello } }\n");
    }

    @Test
    void servesNothingWithAWrongConfigurationAndTellsAllThatIsWrong() {
        try (WeirProcess serve = run("serve", "--conf", "wrong.yaml")) {
            assertThat(serve.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(serve.err())
                    .contains("wrong.yaml:1: push.port: found \"80800\"")
                    .contains("wrong.yaml:6: accounts.shop.token: ")
                    .contains("wrong.yaml:7: accounts.shop.mode: found \"saef\"", "did you mean \"safe\"?")
                    .doesNotContain("Exception", "\tat ");
            assertThat(serve.out()).isEmpty();
        }
    }

    @Test
    void checksAWrongConfigurationAsTextAndAsJson() {
        try (WeirProcess check = run("check", "--conf", "wrong.yaml");
                WeirProcess asJson = run("check", "--conf", "wrong.yaml", "--json")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(check.out())
                    .contains("wrong.yaml:7: accounts.shop.mode: ")
                    .endsWith("3 errors, 1 warning\n");
            assertThat(asJson.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            JsonObject told = new JsonObject(asJson.out());
            assertThat(told.getInteger("errors")).isEqualTo(3);
            assertThat(told.getInteger("warnings")).isEqualTo(1);
            assertThat(told.getJsonArray("problems").getJsonObject(3).encode())
                    .isEqualTo("{\"severity\":\"error\",\"file\":\"wrong.yaml\",\"line\":7,"
                            + "\"path\":\"accounts.shop.mode\",\"found\":\"\\\"saef\\\"\","
                            + "\"rule\":\"expected plaintext, compatible or safe\","
                            + "\"hint\":\"did you mean \\\"safe\\\"?\"}");
        }
    }

    @Test
    void warnsOfAReplyThatNobodySees() {
        try (WeirProcess check = run("check", "--conf", "weir.yaml")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(check.out())
                    .contains("replies.yaml:1: warning: VIEW: ", "takes no reply")
                    .endsWith("0 errors, 1 warning\n");
        }
    }

    @Test
    void namesAConfigurationFileThatIsMissing() {
        try (WeirProcess serve = run("serve", "--conf", "nowhere.yaml")) {
            assertThat(serve.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(serve.err())
                    .isEqualTo("weir serve: no configuration file at nowhere.yaml; name one with --conf FILE\n");
        }
    }

    @Test
    void explainsAnUnknownOption() {
        try (WeirProcess serve = run("serve", "--cnof", "weir.yaml")) {
            assertThat(serve.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(serve.err()).contains("'--cnof'", "did you mean --conf?", "see weir serve --help");
            assertThat(serve.out()).isEmpty();
        }
    }

    @Test
    void explainsItselfWithoutArguments() {
        try (WeirProcess bare = run();
                WeirProcess help = run("--help")) {
            assertThat(bare.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(bare.err()).contains("Usage: weir", "dev", "serve", "check", "trigger");
            assertThat(help.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(help.out()).contains("Usage: weir", "Examples:");
        }
    }

    private WeirProcess run(String... arguments) {
        return WeirProcess.start(folder, Secrets.ENVIRONMENT, arguments);
    }
}
