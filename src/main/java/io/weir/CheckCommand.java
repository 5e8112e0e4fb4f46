package io.weir;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.config.Problem;
import io.weir.config.Problems;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ConfigFiles files;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    CheckCommand(Terminal terminal, ConfigFiles files) {
        this.terminal = terminal;
        this.files = files;
    }

    @Override
    public Integer call() {
        Problems problems = files.load(options.conf()).problems();
        if (options.json()) {
            terminal.result(json(problems).encodePrettily());
        } else {
            problems.all().stream().map(Problem::text).forEach(terminal::result);
            terminal.result(count(problems.errors().size(), "error") + ", "
                    + count(problems.warnings().size(), "warning"));
        }
        return problems.errors().isEmpty() ? ExitCode.DONE : ExitCode.CONFIGURATION;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static JsonObject json(Problems problems) {
        JsonArray all = new JsonArray();
        for (Problem problem : problems.all()) {
            JsonObject described = new JsonObject()
                    .put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT))
                    .put("file", problem.place().file())
                    .put("line", problem.place().line())
                    .put("path", problem.place().path())
                    .put("found", problem.found())
                    .put("rule", problem.rule());
            problem.hint().ifPresent(hint -> described.put("hint", hint));
            all.add(described);
        }
        return new JsonObject()
                .put("errors", problems.errors().size())
                .put("warnings", problems.warnings().size())
                .put("problems", all);
    }
}
