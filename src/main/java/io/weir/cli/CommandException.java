package io.weir.cli;

import java.io.Serial;

/**
 * A command cannot do what it was asked for, and the person at the terminal can read why. An expected failure: no stack
 * trace. The message says what was expected, what came and what to do; never a secret.
 */
public final class CommandException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message may have several lines
     */
    public CommandException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
