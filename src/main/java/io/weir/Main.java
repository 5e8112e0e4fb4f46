package io.weir;

import io.weir.cli.Terminal;
import io.weir.command.Commands;
import io.weir.file.ProcessEnvironment;

/** Entry point of the runnable jar. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(Commands.run(Terminal.system(), new ProcessEnvironment(System.getenv()), args));
    }
}
