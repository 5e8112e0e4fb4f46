package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.CommonOptions;
import io.weir.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What every command has: the terminal and the options {@code --conf}, {@code --account}, {@code --json} and {@code --help}. */
abstract class BaseCommand implements Callable<Integer> {
    final Terminal terminal;

    @Mixin
    final CommonOptions options;

    BaseCommand(Terminal terminal, CommonOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** Prints the result as JSON where that is asked for, else as text. */
    final void print(ObjectNode json, Runnable text) {
        if (options.json()) {
            terminal.result(json.toPrettyString());
        } else {
            text.run();
        }
    }
}
