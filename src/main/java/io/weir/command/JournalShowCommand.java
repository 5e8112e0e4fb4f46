package io.weir.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir journal show}: one entry with its document. */
@Command(
        name = "show",
        header = "Show one entry of the journal, or one dead letter, with its document.",
        description = {"", "Asks the gateway that runs on this machine.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir journal show 1763622245123-0 --dead",
            "  weir journal show 1763622245123-0 --reveal   # with the OpenID and what the user said"
        },
        sortOptions = false)
final class JournalShowCommand extends JournalCommandSupport {
    @Parameters(paramLabel = "ID", description = "As weir journal list has it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    @Option(names = "--reveal", description = "Print OpenIDs and texts of users as well.")
    private boolean reveal;

    JournalShowCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        try (Asked gateway = ask()) {
            JsonNode entry = gateway.get(
                    "/" + URLEncoder.encode(id, StandardCharsets.UTF_8),
                    Map.of(
                            "dead", Optional.of(Boolean.toString(dead)),
                            "reveal", Optional.of(Boolean.toString(reveal))));
            if (asJson) {
                terminal.result(entry.toPrettyString());
            } else {
                Table table = new Table();
                List.of("id", "at", "arrived", "type", "pushId", "sender", "failures", "backend", "error").stream()
                        .filter(entry::has)
                        .forEach(name -> table.row(name, text(entry, name)));
                table.lines().forEach(terminal::result);
                terminal.result("");
                terminal.result(text(entry, "document"));
            }
            return ExitCode.DONE;
        }
    }
}
