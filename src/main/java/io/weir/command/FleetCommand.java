package io.weir.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.command.BaseCommand.ConfiguredCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Command;

/** {@code weir fleet}: the instances that share a Redis, as the gateway on this machine sees them. */
@Command(
        name = "fleet",
        header = "List the instances that share a Redis, with their state and what they have counted.",
        description = {
            "",
            "Asks the gateway that runs on this machine. An instance that was killed is listed for 15 seconds",
            "more. Without Redis the list is this instance alone.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir fleet --conf conf/weir.yaml", "  weir fleet --conf conf/weir.yaml --json"},
        sortOptions = false)
final class FleetCommand extends ConfiguredCommand {
    FleetCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        try (WeChatSession session = new WeChatSession(loadRunning().require(), false, terminal::talk)) {
            JsonNode fleet = WeChatSession.await(session.gateway().fleet());
            if (asJson) {
                terminal.result(fleet.toPrettyString());
            } else {
                show(fleet);
            }
            return ExitCode.DONE;
        }
    }

    private void show(JsonNode fleet) {
        Table table = new Table()
                .row(
                        "",
                        "instance",
                        "state",
                        "version",
                        "up",
                        "pushes",
                        "in flight",
                        "late",
                        "lost",
                        "failed",
                        "admin");
        Instant now = Instant.now();
        for (JsonNode each : fleet.path("instances")) {
            table.row(
                    each.path("self").asBoolean() ? "*" : "",
                    text(each, "name"),
                    text(each, "state"),
                    text(each, "version"),
                    age(text(each, "since"), now),
                    text(each, "pushes"),
                    text(each, "inFlight"),
                    text(each, "late"),
                    text(each, "lost"),
                    text(each, "failed"),
                    text(each, "admin"));
        }
        table.lines().forEach(terminal::result);
        if (!fleet.path("shared").asBoolean()) {
            terminal.talk("no Redis is configured, so this instance is alone");
        } else if (!fleet.path("complete").asBoolean()) {
            terminal.talk("Redis cannot be asked at the moment: other instances are not listed");
        }
    }

    /** What another release does not tell is not zero. */
    private static String text(JsonNode instance, String name) {
        return instance.path(name).asText("-");
    }

    private static String age(String since, Instant now) {
        try {
            Duration up = Duration.between(Instant.parse(since), now);
            return up.toDays() > 0
                    ? up.toDays() + " d " + up.toHoursPart() + " h"
                    : up.toHours() > 0 ? up.toHours() + " h " + up.toMinutesPart() + " min" : up.toMinutes() + " min";
        } catch (DateTimeParseException unknown) {
            return "-";
        }
    }
}
