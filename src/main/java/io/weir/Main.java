package io.weir;

import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.FailureMessages;
import io.weir.cli.Terminal;
import io.weir.config.Environment;
import io.weir.simulator.SimulatorCommand;
import io.weir.simulator.TriggerCommand;
import java.time.Clock;
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
            "  weir check --conf conf/weir.yaml       find every mistake in a configuration",
            "  weir doctor --conf conf/weir.yaml      look whether WeChat, Redis and the gateway are as they should be"
        })
public final class Main {
    Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.system(), Environment.of(System.getenv()), args));
    }

    static int run(Terminal terminal, Environment environment, String... args) {
        ConfigFiles files = new ConfigFiles(environment, Clock.systemUTC());
        return ServeCommand.plain(terminal, files, args)
                .map(serve -> serve(terminal, serve))
                .orElseGet(() -> command(terminal, files, args));
    }

    private static int serve(Terminal terminal, ServeCommand serve) {
        try {
            return serve.call();
        } catch (RuntimeException | Error failure) {
            return new FailureMessages(terminal, Failures.all()).explain(failure, "weir " + ServeCommand.NAME);
        }
    }

    private static int command(Terminal terminal, ConfigFiles files, String... args) {
        ConfiguredAccounts accounts = new ConfiguredAccounts(files);
        WeChatSessions sessions = new WeChatSessions(files, terminal);
        MenuDesk menus = new MenuDesk(terminal, files, sessions);
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new DevCommand(terminal, files))
                .addSubcommand(new ServeCommand(terminal, files))
                .addSubcommand(new CheckCommand(terminal, files))
                .addSubcommand(new DoctorCommand(terminal, files, sessions))
                .addSubcommand(new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenShowCommand(terminal, sessions))
                        .addSubcommand(new TokenRefreshCommand(terminal, sessions)))
                .addSubcommand(new CommandLine(new NetCommand())
                        .addSubcommand(new NetIpsCommand(terminal, sessions))
                        .addSubcommand(new NetCheckCommand(terminal, sessions)))
                .addSubcommand(new CommandLine(new MenuCommand())
                        .addSubcommand(new MenuValidateCommand(terminal, files))
                        .addSubcommand(new MenuCurrentCommand(terminal, sessions))
                        .addSubcommand(new MenuMatchCommand(terminal, sessions))
                        .addSubcommand(new MenuPullCommand(terminal, sessions))
                        .addSubcommand(new MenuPlanCommand(terminal, menus))
                        .addSubcommand(new MenuApplyCommand(terminal, menus))
                        .addSubcommand(new MenuRollbackCommand(terminal, menus))
                        .addSubcommand(new MenuDeleteCommand(terminal, menus)))
                .addSubcommand(new TriggerCommand(accounts, terminal))
                .addSubcommand(new SimulatorCommand(accounts, terminal, Runtimes::vertx))
                .addSubcommand(new RehearseCommand(files));
        if (args.length == 0) {
            commands.usage(terminal.err());
            return ExitCode.USAGE;
        }
        return new CommandRunner(terminal, Failures.all()).run(commands, args);
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weir " + Health.version()};
        }
    }
}
