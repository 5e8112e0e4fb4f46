package io.weir.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir journal list}: what was kept, the newest first. */
@Command(
        name = "list",
        header = "List what all instances have kept of an account's pushes, the newest first.",
        description = {
            "",
            "The journal has pushes of durable types, pushes of types that backends get copies of, and",
            "acknowledged ones. OpenIDs are masked. Asks the gateway that runs on this machine.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir journal list --from 2h --type subscribe", "  weir journal list --dead --backend crm --json"},
        sortOptions = false)
final class JournalListCommand extends JournalCommandSupport {
    @Mixin
    private RangeOptions range = new RangeOptions();

    @Option(names = "--backend", paramLabel = "NAME", description = "Only dead letters of the copies for this backend.")
    private Optional<String> backend = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: 50.")
    private int limit = 50;

    @Option(names = "--before", paramLabel = "ID", description = "Only entries before this one: the next page.")
    private Optional<String> before = Optional.empty();

    JournalListCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        try (Asked gateway = ask()) {
            JsonNode page = gateway.get(
                    "",
                    Map.of(
                            "from",
                            range.from,
                            "to",
                            range.to,
                            "type",
                            range.type,
                            "backend",
                            backend,
                            "dead",
                            Optional.of(Boolean.toString(dead)),
                            "limit",
                            Optional.of(Integer.toString(limit)),
                            "before",
                            before));
            if (asJson) {
                terminal.result(page.toPrettyString());
            } else {
                show(page);
                if (page.has("next")) {
                    terminal.talk("there may be more: --before " + text(page, "next"));
                }
            }
            return ExitCode.DONE;
        }
    }
}
