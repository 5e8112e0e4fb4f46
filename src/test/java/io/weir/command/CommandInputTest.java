package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.CommandRun;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where commands read from: named files, standard input, and files of variables. */
class CommandInputTest {
    private static final String CONFIGURATION =
            "accounts: { main: { appId: wx00000000000000a1, appSecret: \"${NEW_SECRET}\", token: \"${WEIR_TOKEN}\", mode: plaintext } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsVariablesFromAFileWhichWinsOverTheEnvironment() throws IOException {
        String conf = write("weir.yaml", CONFIGURATION);
        String variables = write("weir.env", "NEW_SECRET='s3cret'\nWEIR_TOKEN=\n");

        CommandRun without = CommandRun.of("check", "--conf", conf);
        CommandRun with = CommandRun.of("check", "--env-file", variables, "--conf", conf);

        assertThat(without.out()).contains("${NEW_SECRET}, which is not set").doesNotContain("main.token");
        assertThat(with.out())
                .contains("main.token: found ${WEIR_TOKEN}, which is blank")
                .doesNotContain("NEW_SECRET");
    }

    @Test
    void namesTheFileOfTheConfigurationInAFileOfVariables() throws IOException {
        String conf = write("mine.yaml", "accounts: {}\n");

        CommandRun check = CommandRun.of("check", "--env-file", write("weir.env", "WEIR_CONF=" + conf));

        assertThat(check.out()).contains("mine.yaml:1: accounts: ");
    }

    @Test
    void saysWhichFileOfVariablesItCannotRead() throws IOException {
        String conf = write("weir.yaml", CONFIGURATION);
        Path nowhere = folder.resolve("nowhere.env");

        CommandRun absent = CommandRun.of("check", "--conf", conf, "--env-file", nowhere.toString());
        CommandRun wrong =
                CommandRun.of("token", "show", "--conf", conf, "--env-file", write("weir.env", "export A=1\n"));

        assertThat(absent.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(absent.err()).isEqualTo("weir check: --env-file: there is no file " + nowhere + "\n");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(wrong.err()).contains("weir.env:1: found another line; expected NAME=VALUE");
    }

    @Test
    void pointsAtFilesOfVariablesWhereSomeAreMissing() throws IOException {
        String conf = write("weir.yaml", CONFIGURATION);

        CommandRun check = CommandRun.of("check", "--conf", conf);
        CommandRun show = CommandRun.of("token", "show", "--conf", conf);

        assertThat(check.err()).startsWith("--env-file FILE takes variables");
        assertThat(show.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(show.err()).contains("${NEW_SECRET}, which is not set", "\n--env-file FILE takes variables");
    }

    @Test
    void readsTheConfigurationFromStandardInput() {
        CommandRun check = CommandRun.reading(CONFIGURATION, "check", "--conf", "-");

        assertThat(check.out()).contains("standard input:1: accounts.main.appSecret: found ${NEW_SECRET}");
    }

    @Test
    void readsAMenuFileFromStandardInput() throws IOException {
        String conf = write("weir.yaml", CONFIGURATION.replace("NEW_SECRET", "WEIR_APP_SECRET"));
        String menu = "{\"button\":[{\"type\":\"clik\",\"name\":\"a\",\"key\":\"K\"}]}";

        CommandRun validate = CommandRun.reading(menu, "menu", "validate", "-", "--conf", conf);

        assertThat(validate.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(validate.out()).contains("standard input:1:", "clik");
    }

    @Test
    void readsStandardInputOnce() {
        CommandRun twice = CommandRun.reading(CONFIGURATION, "check", "--conf", "-", "--env-file", "-");

        assertThat(twice.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(twice.err()).contains("standard input can be read once");
    }

    @Test
    void refusesStandardInputForWhatIsReadAgainWhenItChanges() {
        CommandRun serve = CommandRun.reading(CONFIGURATION, "serve", "--conf", "-");

        assertThat(serve.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(serve.err()).contains("--conf: expected a file");
    }

    /** {@code scripts/run token show} beside {@code scripts/run}, which is {@code weir dev}. */
    @Test
    void takesTheMadeUpAccountInACheckoutWhoseExampleLacksItsVariables() {
        String before = System.getProperty("weir.home");
        System.setProperty("weir.home", ".");
        try {
            CommandRun show = CommandRun.with(Map.of(), "token", "show");
            CommandRun check = CommandRun.with(Map.of(), "check");

            assertThat(show.err())
                    .startsWith("conf/weir.yaml lacks its variables, so this is the made-up account of weir dev");
            assertThat(check.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        } finally {
            if (before == null) {
                System.clearProperty("weir.home");
            } else {
                System.setProperty("weir.home", before);
            }
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
