package io.weir;

import io.weir.cli.CommandException;
import io.weir.cli.CommandRunner;
import io.weir.cli.ExceptionTranslator;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.config.ConfigException;
import io.weir.config.Environment;
import io.weir.simulator.SimulatorCommand;
import io.weir.simulator.TriggerCommand;
import io.weir.simulator.platform.StateFileException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the runnable jar: the table of commands. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "A reactive gateway for WeChat Official Accounts.",
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Examples:",
            "  weir dev                               try it: a gateway for a made-up account",
            "  weir trigger CLICK --key V1001_SUNCK   tap a menu button and see the answer",
            "  weir check --conf conf/weir.yaml       find every mistake in a configuration"
        })
public final class Main {
    Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.system(), Environment.of(System.getenv()), args));
    }

    static int run(Terminal terminal, Environment environment, String... args) {
        ConfigFiles files = new ConfigFiles(environment, Clock.systemUTC());
        ConfiguredAccounts accounts = new ConfiguredAccounts(files);
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new DevCommand(terminal, files))
                .addSubcommand(new ServeCommand(terminal, files))
                .addSubcommand(new CheckCommand(terminal, files))
                .addSubcommand(new TriggerCommand(accounts, terminal))
                .addSubcommand(new SimulatorCommand(accounts, terminal, Runtimes::vertx))
                .addSubcommand(new RehearseCommand(files));
        if (args.length == 0) {
            commands.usage(terminal.err());
            return ExitCode.USAGE;
        }
        return new CommandRunner(terminal, List.of(configurationProblems(), damagedState())).run(commands, args);
    }

    private static ExceptionTranslator configurationProblems() {
        return failure -> failure instanceof ConfigException problems
                ? Optional.of(new CommandException(
                        ExitCode.CONFIGURATION, "the configuration has errors\n" + problems.getMessage()))
                : Optional.empty();
    }

    private static ExceptionTranslator damagedState() {
        return failure -> failure instanceof StateFileException damaged
                ? Optional.of(new CommandException(ExitCode.BAD_DATA, String.valueOf(damaged.getMessage())))
                : Optional.empty();
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weir " + Health.version()};
        }
    }
}
