package io.weir.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has; a command takes them as a picocli {@code @Mixin}. */
public final class CommonOptions {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Configuration file. Default: the built-in dev account.")
    private Optional<Path> conf = Optional.empty();

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Account of the configuration; needed only when there are several.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
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
