package io.weir.command;

import io.vertx.core.Future;
import io.weir.Gateway;
import io.weir.GatewayConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.LogConfiguration;
import io.weir.cli.ServerProcess;
import io.weir.cli.Terminal;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.config.ConfigException;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.http.Runtimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir serve}: the gateway. */
@Command(
        name = "serve",
        description = "Run the gateway until SIGTERM.",
        footer = {
            "",
            "On SIGTERM /ready returns 503; Weir waits for handlers (push.drain) and ends with 0;",
            "a second signal ends it at once.",
            "",
            "Examples:",
            "  weir serve --conf conf/weir.yaml",
            "  weir serve --conf conf/weir.yaml --log-format json",
            "  WEIR_PUSH_LOG=INFO weir serve --conf conf/weir.yaml    one log line for each push"
        })
final class ServeCommand extends ConfiguredCommand {
    static final String NAME = "serve";

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration NOTICE = Duration.ofSeconds(1);

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli sets its option
    private final LogOption log = new LogOption();

    ServeCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    /**
     * The command as services run it, {@code serve} with {@code --conf}, {@code --env-file} and {@code --log-format}; empty for all else.
     * No class-data archive can hold picocli, whose classes are of a format before Java 6, and reading them takes a tenth of a
     * start.
     */
    static Optional<ServeCommand> plain(Terminal terminal, ConfigFiles files, String... arguments) {
        if (arguments.length % 2 == 0 || !arguments[0].equals(NAME)) {
            return Optional.empty();
        }
        ServeCommand serve = new ServeCommand(terminal, files);
        Optional<Path> variables = Optional.empty();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            if (value.startsWith("-")) {
                return Optional.empty();
            } else if ((arguments[i].equals(Commands.CONF) || arguments[i].equals("-c")) && serve.conf.isEmpty()) {
                serve.conf = Optional.of(Path.of(value));
            } else if (arguments[i].equals(Commands.ENV_FILE) && variables.isEmpty()) {
                variables = Optional.of(Path.of(value));
            } else if (!arguments[i].equals("--log-format") || !LogConfiguration.use(value)) {
                return Optional.empty();
            }
        }
        variables.ifPresent(files.input()::variablesOf);
        return Optional.of(serve);
    }

    @Override
    public Integer call() {
        return logged(this::serve);
    }

    private int serve() {
        ServerProcess process = new ServerProcess(Runtimes::vertx, NOTICE);
        Path file = files.findOrTellSteps(conf);
        ConfigFiles.requireFile(file);
        ConfigFiles.Loaded loaded = files.load(Optional.of(file));
        GatewayConfig config = loaded.require();
        tellWarnings(loaded.problems(), terminal);
        return process.run(vertx -> new GatewayServer(
                new Gateway(
                        vertx,
                        config,
                        loaded.replies(),
                        loaded.own(),
                        Gateway.RuntimeOptions.of(loaded.file()).warmedUp().spooling()),
                config,
                gateway -> tell(config, gateway)));
    }

    /** Runs a server. Where the log is JSON, it also says what keeps the server from running: whoever reads it gets nothing else. */
    static int logged(IntSupplier server) {
        if (!LogConfiguration.isJson()) {
            return server.getAsInt();
        }
        try {
            return server.getAsInt();
        } catch (ConfigException e) {
            e.problems().forEach(each -> about(LOG.atError(), each).log("configuration error"));
            return ExitCode.CONFIGURATION;
        } catch (CommandException e) {
            LOG.atError()
                    .addKeyValue("error", e.getMessage())
                    .addKeyValue("exitCode", e.exitCode())
                    .log("the server has not started");
            return e.exitCode();
        }
    }

    /** Tells what is doubtful in a configuration, in the form of the log. */
    static void tellWarnings(Problems problems, Terminal terminal) {
        problems.warnings().forEach(each -> {
            if (LogConfiguration.isJson()) {
                about(LOG.atWarn(), each).log("configuration warning");
            } else {
                terminal.talk(each.text());
            }
        });
    }

    private static LoggingEventBuilder about(LoggingEventBuilder event, Problem problem) {
        return event.addKeyValue("file", problem.place().file())
                .addKeyValue("line", problem.place().line())
                .addKeyValue("path", problem.place().path())
                .addKeyValue("found", problem.found())
                .addKeyValue("rule", problem.rule())
                .addKeyValue("hint", problem.hint().orElse(""));
    }

    private static void tell(GatewayConfig config, Gateway gateway) {
        LOG.atInfo()
                .addKeyValue(
                        "push",
                        config.push().host() + ":" + gateway.pushPort()
                                + config.push().path())
                .addKeyValue("admin", config.admin().host() + ":" + gateway.adminPort())
                .addKeyValue("accounts", config.accounts().size())
                .log("gateway ready");
    }

    /**
     * A gateway as what a process runs.
     *
     * @param whenReady is told when all ports are open
     */
    record GatewayServer(Gateway gateway, GatewayConfig config, Consumer<Gateway> whenReady)
            implements ServerProcess.Server {
        @Override
        public Future<?> start() {
            return gateway.start();
        }

        @Override
        public void ready() {
            whenReady.accept(gateway);
        }

        @Override
        public Future<Void> stop(Duration notice) {
            return gateway.stop(notice);
        }

        @Override
        public Duration drain() {
            return config.push().drain();
        }

        @Override
        public String ports() {
            return push() + " (push.port) or " + admin() + " (admin.port)";
        }

        @Override
        public String ports(String failure) {
            return withSetting(failure, push(), "push", withSetting(failure, admin(), "admin", failure));
        }

        /** With the setting behind the address that it begins with, if that is the one. */
        static String withSetting(String failure, String address, String section, String otherwise) {
            String setting = failure.endsWith(": no such host") ? ".host" : ".port";
            return failure.startsWith(address + ":")
                    ? address + " (" + section + setting + ")" + failure.substring(address.length())
                    : otherwise;
        }

        private String push() {
            return config.push().host() + ":" + config.push().port();
        }

        private String admin() {
            return config.admin().host() + ":" + config.admin().port();
        }
    }
}
