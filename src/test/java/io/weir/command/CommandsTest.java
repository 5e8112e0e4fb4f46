package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.CommandRun;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.config.Environment;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What holds of the table of commands. */
class CommandsTest {
    @Test
    void showsTheHelpOfACommandInBothWays() {
        assertThat(CommandRun.of("help").out())
                .isEqualTo(CommandRun.of("--help").out());
        assertThat(CommandRun.of("help", "menu", "apply").out())
                .contains("Usage: weir menu apply")
                .isEqualTo(CommandRun.of("menu", "apply", "--help").out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsIntoTheWidthOfHelpWhatIsBrokenIntoLines(CommandLine command) {
        String narrow = brokenIntoLines(command.setUsageHelpWidth(CommandRunner.COLUMNS));

        String wide = brokenIntoLines(command.setUsageHelpWidth(2 * CommandRunner.COLUMNS));

        assertThat(narrow).isEqualTo(wide);
    }

    private static String brokenIntoLines(CommandLine command) {
        boolean isBroken = command.getCommandSpec().usageMessage().description().length > 1;
        return (isBroken ? command.getHelp().description() : "")
                + command.getHelp().footer();
    }

    private static Stream<CommandLine> commands() {
        Terminal nowhere = new Terminal(new StringWriter(), new StringWriter(), false);
        ConfigFiles files = new ConfigFiles(Environment.of(Map.of()), Clock.systemUTC());
        return below(Commands.line(nowhere, files));
    }

    private static Stream<CommandLine> below(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandsTest::below));
    }

    @Test
    void suggestsACommandToHelpWith() {
        CommandRun help = CommandRun.of("help", "menu", "aply");

        assertThat(help.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(help.err()).contains("'aply'; did you mean apply?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void printsACompletionOfAllThatIsShown(String shell) {
        CommandRun completion = CommandRun.of("completion", shell);

        assertThat(completion.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(completion.out())
                .contains("token show", "--revoke", "--env-file", "complete -F _complete_weir")
                .doesNotContain("rehearse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --account main",
                "serve -a main",
                "serve --json",
                "check -a main",
                "dev -a a",
                "fleet -a a"
            })
    void refusesOptionsThatACommandWouldIgnore(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Unknown option").doesNotContain("did you mean -");
    }

    @Test
    void takesShortFormsOfTheOptionsThatAreTypedMost() {
        CommandRun check = CommandRun.of("check", "-c", "conf/nowhere.yaml", "-j");

        assertThat(check.err()).contains("no configuration file at conf/nowhere.yaml");
    }

    /** In 0.1.0 it was called so; elsewhere {@code --force} only permits a fetch. */
    @Test
    void revokesTokensUnderTheNameOfTheFirstReleaseToo() {
        CommandRun help = CommandRun.of("token", "refresh", "--help");

        assertThat(help.out()).contains("--revoke").doesNotContain("--force");
        for (String option : List.of("--force", "--revoke")) {
            assertThat(CommandRun.of("token", "refresh", option, "-c", "nowhere.yaml")
                            .exitCode())
                    .isEqualTo(ExitCode.CONFIGURATION);
        }
    }
}
