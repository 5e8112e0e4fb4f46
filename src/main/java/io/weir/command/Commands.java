package io.weir.command;

import io.weir.cli.CommandRunner;
import io.weir.cli.ExitCode;
import io.weir.cli.FailureMessages;
import io.weir.cli.Terminal;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The table of commands. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "A reactive gateway for WeChat Official Accounts.",
        footer = {
            "",
            "Examples:",
            "  weir dev                               try it: a gateway for a made-up account",
            "  weir trigger CLICK --key V1001_SUNCK   tap a menu button and see the answer",
            "  weir check --conf conf/weir.yaml       find every mistake in a configuration",
            "  weir doctor --conf conf/weir.yaml      check Weir's dependencies and suggest fixes"
        })
public final class Commands {
    static final String CONF = "--conf";
    static final String ENV_FILE = "--env-file";
    static final String ACCOUNT = "--account";

    Commands() {}

    /** Runs one command; its exit code. */
    public static int run(Terminal terminal, Environment environment, String... args) {
        return run(terminal, environment, System.in, args);
    }

    /** The same with another standard input. */
    public static int run(Terminal terminal, Environment environment, InputStream in, String... args) {
        ConfigFiles files = new ConfigFiles(new CommandInput(environment, in), Clock.systemUTC());
        return ServeCommand.plain(terminal, files, args)
                .map(serve -> serve(terminal, serve))
                .orElseGet(() -> command(terminal, files, args));
    }

    private static int serve(Terminal terminal, ServeCommand serve) {
        try {
            return serve.call();
        } catch (RuntimeException | Error failure) {
            return new FailureMessages(terminal, CommandFailures.all()).explain(failure, "weir " + ServeCommand.NAME);
        }
    }

    private static int command(Terminal terminal, ConfigFiles files, String... args) {
        CommandLine commands = line(terminal, files);
        if (args.length == 0) {
            commands.usage(terminal.err());
            return ExitCode.USAGE;
        }
        return new CommandRunner(terminal, CommandFailures.all()).run(commands, args);
    }

    /** All of them. */
    static CommandLine line(Terminal terminal, ConfigFiles files) {
        ConfiguredAccounts accounts = new ConfiguredAccounts(files);
        VersionCommand version = new VersionCommand(terminal);
        CommandLine commands = new CommandLine(new Commands())
                .addSubcommand(without(new DevCommand(terminal, files), ACCOUNT))
                .addSubcommand(without(new ServeCommand(terminal, files), ACCOUNT, "--json"))
                .addSubcommand(without(new CheckCommand(terminal, files), ACCOUNT))
                .addSubcommand(new DoctorCommand(terminal, files))
                .addSubcommand(without(new FleetCommand(terminal, files), ACCOUNT))
                .addSubcommand(new CommandLine(new JournalCommand())
                        .addSubcommand(new JournalListCommand(terminal, files))
                        .addSubcommand(new JournalShowCommand(terminal, files))
                        .addSubcommand(new JournalReplayCommand(terminal, files)))
                .addSubcommand(new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenShowCommand(terminal, files))
                        .addSubcommand(new TokenRefreshCommand(terminal, files)))
                .addSubcommand(new CommandLine(new NetCommand())
                        .addSubcommand(new NetIpsCommand(terminal, files))
                        .addSubcommand(new NetCheckCommand(terminal, files)))
                .addSubcommand(new CommandLine(new MenuCommand())
                        .addSubcommand(new MenuValidateCommand(terminal, files))
                        .addSubcommand(new MenuCurrentCommand(terminal, files))
                        .addSubcommand(new MenuMatchCommand(terminal, files))
                        .addSubcommand(new MenuPullCommand(terminal, files))
                        .addSubcommand(new MenuPlanCommand(terminal, files))
                        .addSubcommand(new MenuApplyCommand(terminal, files))
                        .addSubcommand(new MenuRollbackCommand(terminal, files))
                        .addSubcommand(new MenuDeleteCommand(terminal, files)))
                .addSubcommand(TagsCommand.line(terminal, files))
                .addSubcommand(QrCommand.line(terminal, files))
                .addSubcommand(new TriggerCommand(accounts, terminal))
                .addSubcommand(new SimulatorCommand(accounts, terminal, Runtimes::vertx))
                .addSubcommand(NewCommand.line(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .addSubcommand(version)
                .addSubcommand(new HelpCommand(terminal))
                .addSubcommand(new RehearseCommand(files));
        commands.getCommandSpec().versionProvider(version);
        addVariablesFile(commands, files.input());
        return commands;
    }

    /** A command that has no use for some of the options that all have. */
    static CommandLine without(BaseCommand command, String... options) {
        CommandLine line = new CommandLine(command);
        for (String name : options) {
            line.getCommandSpec().remove(line.getCommandSpec().findOption(name));
        }
        return line;
    }

    /** Gives each command that reads a configuration the option {@code --env-file}. */
    private static void addVariablesFile(CommandLine line, CommandInput input) {
        line.getSubcommands().values().forEach(each -> addVariablesFile(each, input));
        if (line.getCommandSpec().findOption(CONF) == null) {
            return;
        }
        ISetter setter = new ISetter() {
            @Override
            public <T> @Nullable T set(@Nullable T file) {
                if (file instanceof Path path) {
                    input.variablesOf(path);
                }
                return null;
            }
        };
        line.getCommandSpec()
                .addOption(OptionSpec.builder(ENV_FILE)
                        .type(Path.class)
                        .setter(setter)
                        .order(BaseCommand.LAST + 1)
                        .paramLabel("FILE")
                        .description(
                                "Variables of the configuration, lines NAME=VALUE as systemd and Docker read them; they win over those"
                                        + " of the environment.")
                        .build());
    }

    /** {@code weir help}: what {@code --help} of a command shows. */
    @Command(
            name = "help",
            description = "Show the help of a command.",
            footer = {"", "Examples:", "  weir help serve", "  weir help menu apply"})
    private static final class HelpCommand extends Group implements Callable<Integer> {
        private final Terminal terminal;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, as it is typed.")
        private List<String> words = List.of();

        HelpCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            CommandLine line = spec.root().commandLine();
            for (String word : words) {
                CommandLine next = line.getSubcommands().get(word);
                if (next == null) {
                    throw new UnmatchedArgumentException(line, List.of(word));
                }
                line = next;
            }
            line.usage(terminal.out());
            return ExitCode.DONE;
        }
    }

    /** {@code weir completion}: lets a shell complete commands and options. */
    @Command(
            name = "completion",
            header = "Print a script that lets a shell complete Weir's commands and options.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  source <(weir completion bash)           # in ~/.bashrc; the Debian package does it already",
                "  source <(weir completion zsh)            # in ~/.zshrc"
            })
    private static final class CompletionCommand extends Group implements Callable<Integer> {
        private final Terminal terminal;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
        @SuppressWarnings({"UnusedVariable", "NullAway.Init"}) // one script serves both
        private Shell shell;

        CompletionCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            terminal.result(AutoComplete.bash("weir", spec.root().commandLine()));
            return ExitCode.DONE;
        }

        /** Those that the script is for. */
        private enum Shell {
            bash,
            zsh
        }
    }

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
    private static final class NetCommand extends Group {}

    /** {@code weir journal}: what all instances have kept of pushes. */
    @Command(
            name = "journal",
            header = "List what was kept of pushes, dead letters too, and have it handled again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  weir journal list --dead",
                "  weir journal show 1763622245123-0 --dead",
                "  weir journal replay --dead --dry-run",
                "  weir journal replay --help"
            },
            synopsisSubcommandLabel = "COMMAND")
    private static final class JournalCommand extends Group {}

    /** {@code weir token}: the access_token that the fleet shares. */
    @Command(
            name = "token",
            header = "Show the state of an account's access_token, or renew it.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  weir token show --conf conf/weir.yaml",
                "  weir token refresh --conf conf/weir.yaml",
                "  weir token show --help"
            },
            synopsisSubcommandLabel = "COMMAND")
    private static final class TokenCommand extends Group {}

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
    private static final class MenuCommand extends Group {}

    /** A command that has only commands below it. */
    abstract static class Group {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help and exit.")
        @SuppressWarnings("UnusedVariable") // picocli reads it
        private boolean help;
    }
}
