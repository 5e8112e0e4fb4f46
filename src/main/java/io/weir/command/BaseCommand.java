package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.GatewayConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.LogConfiguration;
import io.weir.cli.Terminal;
import io.weir.config.AccountConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: the terminal and the options {@code --conf}, {@code --account}, {@code --json} and {@code --help}. */
abstract class BaseCommand implements Callable<Integer> {
    /** In a help they come after the options of the command itself. */
    static final int LAST = 100;

    final Terminal terminal;

    @Option(
            names = {"-c", "--conf"},
            order = LAST + 1,
            paramLabel = "FILE",
            description = "Configuration file, - for standard input. Default: WEIR_CONF, else conf/weir.yaml, else"
                    + " /etc/weir/weir.yaml; of dev, simulator and trigger a made-up account.")
    Optional<Path> conf = Optional.empty();

    @Option(
            names = {"-a", "--account"},
            order = LAST + 2,
            paramLabel = "NAME",
            description = "Account of the configuration; needed only when there are several.")
    Optional<String> accountName = Optional.empty();

    @Option(
            names = {"-j", "--json"},
            order = LAST + 3,
            description = "Print one JSON object instead of text.")
    boolean asJson;

    @Option(
            names = {"-h", "--help"},
            order = LAST + 4,
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    BaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Whether the person at the terminal agrees.
     *
     * @throws CommandException where there is nobody to ask
     */
    final boolean agreed(boolean yes, String question) {
        return yes
                || terminal.ask(question + " [y/N] ")
                        .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                        .map(answer -> answer.equals("y") || answer.equals("yes"))
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE,
                                "there is no terminal to ask at: say --yes to do it; nothing was done"));
    }

    /** Prints the result as JSON where that is asked for, else as text. */
    final void print(ObjectNode json, Runnable text) {
        if (asJson) {
            terminal.result(json.toPrettyString());
        } else {
            text.run();
        }
    }

    /** A command that works with a configuration: reads it, and finds the account that the options name. */
    abstract static class ConfiguredCommand extends BaseCommand {
        final ConfigFiles files;

        ConfiguredCommand(Terminal terminal, ConfigFiles files) {
            super(terminal);
            this.files = files;
        }

        /**
         * The configuration that the options name, or the usual one, with its problems.
         *
         * @throws io.weir.cli.CommandException where there is none
         */
        final ConfigFiles.Loaded load() {
            conf = Optional.of(files.find(conf));
            return files.load(conf);
        }

        /**
         * The same for a command that asks a running gateway, which in a checkout is that of {@code weir dev}: started by {@code
         * scripts/run}, it takes the made-up account in place of the example, as long as that lacks its variables.
         */
        final ConfigFiles.Loaded loadRunning() {
            boolean example = files.isExample(conf);
            ConfigFiles.Loaded loaded = load();
            if (!example || !loaded.lacksVariablesOnly()) {
                return loaded;
            }
            terminal.talk("conf/weir.yaml lacks its variables, so this is the made-up account of weir dev");
            conf = Optional.empty();
            return files.load(conf);
        }

        /**
         * The account that the options name, or the only one.
         *
         * @throws io.weir.cli.CommandException where they name none of the configuration
         */
        final AccountConfig account(GatewayConfig config) {
            return ConfiguredAccounts.named(config, accountName);
        }
    }

    /** A command that asks WeChat about one account. */
    abstract static class WeChatCommand extends ConfiguredCommand {
        WeChatCommand(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        /**
         * Works with a session of the account that the options name.
         *
         * @param force whether to fetch a token even where that ends the one that others use
         * @throws io.weir.cli.CommandException where the options name no account of the configuration
         * @throws io.weir.config.ConfigException where that has errors
         */
        final int withWeChat(boolean force, BiFunction<WeChatSession, AccountConfig, Integer> work) {
            GatewayConfig config = loadRunning().require();
            AccountConfig account = account(config);
            try (WeChatSession session = new WeChatSession(config, force, terminal::talk)) {
                return work.apply(session, account);
            }
        }
    }

    /** The option of commands that run until they are stopped. */
    static final class LogOption {
        @Spec(Spec.Target.MIXEE)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(
                names = "--log-format",
                order = 51,
                paramLabel = "FORMAT",
                description = "Lines of the log: text, or json for machines. Default: WEIR_LOG_FORMAT, else text.")
        @SuppressWarnings("UnusedMethod") // picocli calls it
        private void format(String format) {
            if (!LogConfiguration.use(format)) {
                throw new ParameterException(
                        spec.commandLine(), "--log-format: expected text or json, found " + format);
            }
        }
    }

    /** The option of commands that need a token and may have to fetch one themselves. */
    static final class ForceOption {
        @Option(
                names = "--force",
                order = 50,
                description =
                        "In classic mode, when no gateway runs here: fetch a token all the same, which ends the previous"
                                + " one within about 5 minutes.")
        private boolean force;

        boolean given() {
            return force;
        }
    }
}
