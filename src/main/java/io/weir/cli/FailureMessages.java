package io.weir.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Tells why a command failed: an expected failure by its message and its exit code, a bug by its whole stack trace and 1. */
public final class FailureMessages {
    private final Terminal terminal;
    private final List<ExceptionTranslator> translators;

    /** @param translators asked in this order about every exception that is not a {@link CommandException} */
    public FailureMessages(Terminal terminal, List<ExceptionTranslator> translators) {
        this.terminal = terminal;
        this.translators = List.copyOf(translators);
    }

    /**
     * Writes the message to stderr.
     *
     * @param command as it was typed
     * @return the exit code
     */
    public int explain(Throwable failure, String command) {
        Throwable cause = unwrap(failure);
        CommandException known = cause instanceof CommandException ours
                ? ours
                : translators.stream()
                        .flatMap(translator -> translator.translate(cause).stream())
                        .findFirst()
                        .orElse(null);
        if (known == null) {
            terminal.talk("This is a bug in Weir; please report it with the lines below.");
            cause.printStackTrace(terminal.err());
            return ExitCode.FAILED;
        }
        terminal.talk(command + ": " + known.getMessage());
        return known.exitCode();
    }

    private static Throwable unwrap(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(f -> !(f instanceof CompletionException || f instanceof ExecutionException))
                .findFirst()
                .orElse(failure);
    }

    /**
     * Says in terminal words what an exception of another floor means: how the composition root plugs in, for example, the
     * configuration's problems as exit code 78 without this package knowing them.
     */
    @FunctionalInterface
    public interface ExceptionTranslator {
        /** The message and exit code for {@code failure}, or empty when it is not one that this translator knows. */
        Optional<CommandException> translate(Throwable failure);
    }
}
