package io.weir.cli;

import io.weir.cli.FailureMessages.ExceptionTranslator;
import io.weir.config.Nearest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line with the manners of all commands: help 100 columns wide on stdout, a wrong option as one line on
 * stderr with exit code 64, an expected failure as its message and its exit code, a bug as its whole stack trace and 1.
 */
public final class CommandRunner {
    /** How wide help is. */
    public static final int COLUMNS = 100;

    /** A letter with its hyphen, to which all others are near. */
    private static final int SHORT_OPTION = 2;

    private final Terminal terminal;
    private final FailureMessages failures;

    /** @param translators asked in this order about every exception that is not a {@link CommandException} */
    public CommandRunner(Terminal terminal, List<ExceptionTranslator> translators) {
        this.terminal = terminal;
        this.failures = new FailureMessages(terminal, translators);
    }

    /**
     * Runs one command.
     *
     * @param line with all its sub-commands added: the manners are set for those that are there now
     * @return the exit code; the process is not ended
     */
    public int run(CommandLine line, String... arguments) {
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(COLUMNS)
                .setUsageHelpLongOptionsMaxWidth(COLUMNS / 3)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        failures.explain(failure, command.getCommandSpec().qualifiedName()))
                .execute(arguments);
    }

    private int explain(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        terminal.talk(command + ": " + sentence(wrong));
        terminal.talk("see " + command + " --help");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException wrong) {
        String message = Terminal.harmless(Objects.requireNonNullElse(wrong.getMessage(), "wrong arguments")
                .strip());
        return message
                + meant(wrong).map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** The option or sub-command that an unknown word was probably meant to be. */
    private static Optional<String> meant(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().get(0);
        if (typed.length() <= SHORT_OPTION) {
            return Optional.empty();
        }
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        return Nearest.of(
                typed.split("=", 2)[0],
                typed.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().keySet());
    }
}
