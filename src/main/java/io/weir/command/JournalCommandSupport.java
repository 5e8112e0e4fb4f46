package io.weir.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.config.AccountConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What the commands of the journal share: they ask the gateway that runs on this machine. */
abstract class JournalCommandSupport extends ConfiguredCommand {
    @Option(names = "--dead", description = "Dead letters instead of the journal.")
    boolean dead;

    JournalCommandSupport(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    /** Which entries. */
    static final class RangeOptions {
        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "Written then or later: so long ago as 2h or 30m, ISO 8601, or a time in China as"
                        + " \"2026-11-20 15:04:05\".")
        Optional<String> from = Optional.empty();

        @Option(names = "--to", paramLabel = "TIME", description = "Written then or earlier, in the same forms.")
        Optional<String> to = Optional.empty();

        @Option(names = "--type", paramLabel = "TYPE", description = "Only pushes of this type, as CLICK or text.")
        Optional<String> type = Optional.empty();
    }

    /** A session with the gateway, for one account. */
    record Asked(WeChatSession session, AccountConfig account) implements AutoCloseable {
        JsonNode send(HttpMethod method, String path, Optional<ObjectNode> body) {
            return WeChatSession.await(session.gateway().journal(method, path, body));
        }

        JsonNode get(String path, Map<String, Optional<String>> parameters) {
            String query = parameters.entrySet().stream()
                    .filter(each -> each.getValue().isPresent())
                    .map(each -> each.getKey() + "="
                            + URLEncoder.encode(each.getValue().get(), StandardCharsets.UTF_8))
                    .sorted()
                    .collect(Collectors.joining("&"));
            return send(HttpMethod.GET, path + "?account=" + account.name() + "&" + query, Optional.empty());
        }

        @Override
        public void close() {
            session.close();
        }
    }

    final Asked ask() {
        var config = loadRunning().require();
        AccountConfig account = account(config);
        return new Asked(new WeChatSession(config, false, terminal::talk), account);
    }

    /** Prints entries as a table. */
    final void show(JsonNode page) {
        Table table = new Table().row("id", "written", "type", "sender", "failures", "backend", "error");
        for (JsonNode each : page.path("entries")) {
            table.row(
                    text(each, "id"),
                    text(each, "at"),
                    text(each, "type"),
                    text(each, "sender"),
                    text(each, "failures"),
                    text(each, "backend"),
                    text(each, "error"));
        }
        table.lines().forEach(terminal::result);
    }

    static String text(JsonNode entry, String name) {
        return Terminal.harmless(entry.path(name).asText("-"));
    }
}
