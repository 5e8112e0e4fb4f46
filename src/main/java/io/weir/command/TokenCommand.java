package io.weir.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir token}: the access_token that the fleet shares. */
@Command(
        name = "token",
        header = "Show the state of an account's access_token, or renew it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir token show --conf conf/weir.yaml",
            "  weir token refresh --conf conf/weir.yaml",
            "  weir token show --help"
        },
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
