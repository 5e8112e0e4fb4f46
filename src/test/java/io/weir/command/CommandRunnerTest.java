package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.FailureMessages.ExceptionTranslator;
import io.weir.cli.Terminal;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExceptionTranslator configuration = failure -> failure instanceof IllegalArgumentException
            ? Optional.of(new CommandException(ExitCode.CONFIGURATION, "line 3: no token"))
            : Optional.empty();

    @Test
    void answersAWrongOptionWithOneLineAndTheWayToTheHelp() {
        int code = run(() -> 0, "--jsn");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .containsExactly("weir probe: Unknown option: '--jsn'; did you mean --json?", "see weir probe --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void suggestsACommandForOneThatDoesNotExist() {
        int code = new CommandRunner(new Terminal(out, err, false), List.of())
                .run(new CommandLine(new Root()).addSubcommand(new Probe(() -> 0)), "prbe");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .containsExactly("weir: Unmatched argument at index 0: 'prbe'; did you mean probe?", "see weir --help");
    }

    @Test
    void endsWithTheExitCodeOfAnExpectedFailure() {
        int code = run(() -> {
            throw new CommandException(ExitCode.UNAVAILABLE, "nobody there");
        });

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString().strip()).isEqualTo("weir probe: nobody there");
    }

    @Test
    void asksTheTranslatorsAboutForeignFailuresAlsoInsideAFuture() {
        int code = run(() -> {
            throw new CompletionException(new IllegalArgumentException("secret"));
        });

        assertThat(code).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString().strip()).isEqualTo("weir probe: line 3: no token");
    }

    @Test
    void showsABugWithItsWholeStackTrace() {
        int code = run(() -> {
            throw new IllegalStateException("oops");
        });

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("bug in Weir", "IllegalStateException: oops", "at io.weir.command");
    }

    @Test
    void printsHelpAsAResultWithoutRunningAnything() {
        int code = run(
                () -> {
                    throw new IllegalStateException("ran");
                },
                "--help");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Usage: weir probe", "--conf=FILE", "--account=NAME", "--json", "--help");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void readsTheOptionsThatAllCommandsShare() {
        Probe probe = new Probe(() -> 0);

        run(probe, "--conf", "a/weir.yaml", "--account", "main", "--json");

        assertThat(probe.conf).contains(Path.of("a/weir.yaml"));
        assertThat(probe.accountName).contains("main");
        assertThat(probe.asJson).isTrue();
    }

    @Test
    void takesAnArgumentThatBeginsWithAtAsItIs() {
        assertThat(run(() -> 0, "@/etc/hostname")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'@/etc/hostname'");
    }

    private int run(Callable<Integer> body, String... arguments) {
        return run(new Probe(body), arguments);
    }

    private int run(Probe probe, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "probe";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandRunner(new Terminal(out, err, false), List.of(configuration))
                .run(new CommandLine(new Root()).addSubcommand(probe), all);
    }

    @Command(name = "weir")
    private static final class Root {}

    @Command(name = "probe")
    private static final class Probe extends BaseCommand {
        private final Callable<Integer> body;

        Probe(Callable<Integer> body) {
            super(new Terminal(Writer.nullWriter(), Writer.nullWriter(), false));
            this.body = body;
        }

        @Override
        public Integer call() throws Exception {
            return body.call();
        }
    }
}
