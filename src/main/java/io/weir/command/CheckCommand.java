package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.config.Problem;
import io.weir.config.Problems;
import picocli.CommandLine.Command;

/** {@code weir check}: every problem of the configuration at once. */
@Command(
        name = "check",
        description = "Find every problem of a configuration and its replies files, without starting anything.",
        footer = {
            "",
            "Exit code 0 without errors (warnings are allowed), 78 with errors.",
            "",
            "Examples:",
            "  weir check --conf conf/weir.yaml",
            "  weir check --conf conf/weir.yaml --json"
        })
final class CheckCommand extends ConfiguredCommand {
    CheckCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        Problems problems = load().problems();
        if (asJson) {
            terminal.result(json(problems).toPrettyString());
        } else {
            problems.all().stream().map(Problem::text).forEach(terminal::result);
            terminal.result(count(problems.errors().size(), "error") + ", "
                    + count(problems.warnings().size(), "warning"));
            CommandFailures.aboutVariables(problems.all()).ifPresent(terminal::talk);
        }
        return problems.errors().isEmpty() ? ExitCode.DONE : ExitCode.CONFIGURATION;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static ObjectNode json(Problems problems) {
        ObjectNode json = Json.object()
                .put("errors", problems.errors().size())
                .put("warnings", problems.warnings().size());
        ArrayNode all = json.putArray("problems");
        for (Problem problem : problems.all()) {
            ObjectNode described = all.addObject()
                    .put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT))
                    .put("file", problem.place().file())
                    .put("line", problem.place().line())
                    .put("path", problem.place().path())
                    .put("found", problem.found())
                    .put("rule", problem.rule());
            problem.hint().ifPresent(hint -> described.put("hint", hint));
        }
        return json;
    }
}
