package io.weir.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir menu}: menus as code. */
@Command(
        name = "menu",
        header = "Keep an account's menus in a file: validate it, compare it with what is live, publish it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu pull menu.yaml --conf conf/weir.yaml       # begin with what is live",
            "  weir menu validate menu.yaml --conf conf/weir.yaml   # without network",
            "  weir menu match --user OPENID --conf conf/weir.yaml  # what does this person see, and why?",
            "  weir menu validate --help"
        },
        synopsisSubcommandLabel = "COMMAND")
final class MenuCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
