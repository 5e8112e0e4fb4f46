package io.weir.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir net}: the network between WeChat and us, as WeChat sees it. */
@Command(
        name = "net",
        header = "Show WeChat's addresses, or let WeChat check the way to an account's push URL.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir net ips --conf conf/weir.yaml",
            "  weir net check --conf conf/weir.yaml --operator UNICOM",
            "  weir net check --help"
        },
        synopsisSubcommandLabel = "COMMAND")
final class NetCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
