package io.weir.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has; a command takes them as a picocli {@code @Mixin}. */
public final class CommonOptions {
    /** In a help they come after the options of the command itself. */
    private static final int ORDER = 100;

    @Option(
            names = "--conf",
            order = CommonOptions.ORDER + 1,
            paramLabel = "FILE",
            description = "Configuration file. Default: the built-in dev account.")
    private Optional<Path> conf = Optional.empty();

    @Option(
            names = "--account",
            order = CommonOptions.ORDER + 2,
            paramLabel = "NAME",
            description = "Account of the configuration; needed only when there are several.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--json", order = CommonOptions.ORDER + 3, description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            order = CommonOptions.ORDER + 4,
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    /** Those of a command that was given nothing but a configuration file. */
    public static CommonOptions of(Optional<Path> conf) {
        CommonOptions options = new CommonOptions();
        options.conf = conf;
        return options;
    }

    public Optional<Path> conf() {
        return conf;
    }

    public Optional<String> account() {
        return account;
    }

    public boolean json() {
        return json;
    }

    /** Whether only the help was asked for; picocli then shows it by itself and does not run the command. */
    public boolean help() {
        return help;
    }
}
