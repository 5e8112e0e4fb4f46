package io.weir.command;

import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.health.Build;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir version}: what runs here; {@code weir --version} says the same. */
@Command(
        name = "version",
        description = "Show the version, the commit that it was built from, and the Java that runs it.",
        footer = {"", "Examples:", "  weir version", "  weir version --json"})
final class VersionCommand implements Callable<Integer>, CommandLine.IVersionProvider {
    private final Terminal terminal;

    @Option(
            names = {"-j", "--json"},
            description = "Print one JSON object instead of text.")
    private boolean asJson;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (asJson) {
            terminal.result(Json.object()
                    .put("version", Build.version())
                    .put("commit", Build.commit())
                    .put("java", java())
                    .toPrettyString());
        } else {
            List.of(getVersion()).forEach(terminal::result);
        }
        return ExitCode.DONE;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"weir " + Build.version(), "commit " + Build.commit(), "java " + java()};
    }

    private static String java() {
        return System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")";
    }
}
