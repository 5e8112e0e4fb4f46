package io.weir.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Future;
import io.weir.Gateway;
import io.weir.GatewayConfig;
import io.weir.cli.ServerProcess;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.command.ServeCommand.GatewayServer;
import io.weir.config.AccountConfig;
import io.weir.http.Runtimes;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.replies.RepliesFile;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.page.PhonePage;
import io.weir.simulator.time.RealTime;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir dev}: a gateway to try things with, in one process, without an account, Redis or a domain. */
@Command(
        name = "dev",
        description = "Run a gateway and a simulated WeChat for a made-up account, in memory, on this machine only.",
        footer = {
            "",
            "Takes ports 8080, 8081 and 8082, or the next free ones. Answers come from ./conf/replies.yaml,",
            "where there is one, and change when the file does. With --conf the accounts and answers of that",
            "file are used.",
            "",
            "Examples:",
            "  weir dev",
            "  weir dev --conf conf/weir.yaml",
            "  weir dev --watch target/order-handler.jar"
        })
final class DevCommand extends ConfiguredCommand {
    private static final int FIRST_PORT = 8080;
    private static final int LAST_PORT = 8180;
    private static final String SAMPLE_KEY = "V1001_SUNCK";
    /** A key that no shell takes for anything else. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");
    /** As long as a start may take. */
    private static final Duration TURN = Duration.ofSeconds(30);

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Keep the simulated WeChat's tokens, menus, people and material there across restarts.")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = "--watch",
            paramLabel = "PATH",
            description =
                    "A jar of handlers that is being built, or a folder of such, in place of handlers/ beside the"
                            + " configuration: a new one is taken in within a second, while the old one finishes what it has begun.")
    private Optional<Path> watch = Optional.empty();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli sets its option
    private final LogOption log = new LogOption();

    DevCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() throws IOException {
        conf.ifPresent(ConfigFiles::requireFile);
        ServerProcess process = new ServerProcess(Runtimes::vertx, Duration.ZERO);
        ConfigFiles.Loaded loaded = files.load(conf);
        PluginHandlers own = watch.map(
                        path -> PluginHandlers.in(path, ConfigFiles.handlers(loaded.config()), loaded.problems()))
                .orElse(loaded.own());
        GatewayConfig configured = loaded.require();
        ServeCommand.tellWarnings(loaded.problems(), terminal);
        showPushes();
        Optional<FileChannel> turn = turn();
        int pushPort = freePort(FIRST_PORT);
        int adminPort = freePort(pushPort + 1);
        int wechatPort = freePort(adminPort + 1);
        GatewayConfig config = configured
                .onPorts("127.0.0.1", pushPort, adminPort)
                .callingWeChatAt(URI.create("http://127.0.0.1:" + wechatPort));
        return process.run(vertx -> {
            Simulator simulator = new Simulator(vertx, wechat(wechatPort, pushPort), new RealTime(vertx));
            Gateway.RuntimeOptions runtime =
                    Gateway.RuntimeOptions.of(loaded.file()).spooling();
            Gateway gateway = new Gateway(vertx, config, loaded.replies(), own, runtime);
            return new DevServer(simulator, new GatewayServer(gateway, config, open -> {
                turn.ifPresent(DevCommand::close);
                simulator.consoleAt(URI.create("http://127.0.0.1:" + open.adminPort() + "/"));
                greet(config, loaded, own, open);
            }));
        });
    }

    /** The same accounts, pushed to the gateway beside it. */
    private SimulatorConfig wechat(int port, int pushPort) {
        List<OfficialAccount> accounts = new ConfiguredAccounts(files)
                .all(conf).stream()
                        .map(account -> account.pushedTo(onPort(account.url(), pushPort)))
                        .toList();
        return new SimulatorConfig("127.0.0.1", port, state, accounts, true);
    }

    private static URI onPort(URI url, int port) {
        return URI.create("http://127.0.0.1:" + port + url.getRawPath());
    }

    private static void showPushes() {
        if (System.getenv("WEIR_PUSH_LOG") == null && LoggerFactory.getLogger("io.weir.push") instanceof Logger log) {
            log.setLevel(Level.INFO);
        }
    }

    private void greet(GatewayConfig config, ConfigFiles.Loaded loaded, PluginHandlers own, Gateway gateway) {
        String base = "http://127.0.0.1:" + gateway.pushPort() + config.push().path() + "/";
        String admin = "http://127.0.0.1:" + gateway.adminPort();
        URI phone = config.wechat().baseUri().resolve(PhonePage.PATH);
        if (asJson) {
            terminal.result(Json.object()
                    .put("push", base + config.accounts().get(0).name())
                    .put("phone", phone.toString())
                    .put("admin", admin)
                    .put("wechat", config.wechat().baseUri().toString())
                    .toString());
            return;
        }
        terminal.result("Weir is running: press Ctrl-C to stop it.");
        terminal.result("");
        terminal.result("  phone page " + phone);
        for (AccountConfig account : config.accounts()) {
            terminal.result("  push URL   " + base + account.name());
        }
        terminal.result("  console    " + admin + "/");
        terminal.result("  health     " + admin + "/health");
        terminal.result("  WeChat     " + config.wechat().baseUri() + "/cgi-bin/…  (simulated)");
        for (RepliesFile file : loaded.replies().files()) {
            terminal.result("  answers    " + answers(file));
        }
        terminal.result("");
        terminal.result("Try next: open the phone page and tap its menu. Or, in another terminal:");
        terminal.result("");
        AccountConfig first = config.accounts().get(0);
        String key = answeredKey(first, loaded.replies().of(first.name()), own);
        terminal.result("  " + trigger(config, gateway.pushPort(), base, key));
    }

    /** A button whose tap shows something: of the handlers there are, else that of the sample, else the first of the rules. */
    private static String answeredKey(AccountConfig account, ReplyRules rules, PluginHandlers own) {
        Stream<String> ofRules = rules.answers(PushType.CLICK, SAMPLE_KEY)
                ? Stream.of(SAMPLE_KEY)
                : rules.rules(PushType.CLICK).stream().map(Rule::key).filter(key -> !key.equals("default"));
        return Stream.concat(own.keys(account.name(), PushType.CLICK).stream().sorted(), ofRules)
                .filter(PLAIN.asMatchPredicate())
                .findFirst()
                .orElse(SAMPLE_KEY);
    }

    private String trigger(GatewayConfig config, int port, String base, String key) {
        AccountConfig account = config.accounts().get(0);
        String command = System.getProperty("weir.command", "java -jar weir.jar");
        String named = conf.map(file -> " --conf " + file).orElse("");
        String which = config.accounts().size() > 1 ? " --account " + account.name() : "";
        String target = port == FIRST_PORT && conf.isEmpty() ? "" : " --to " + base + account.name();
        return command + " trigger CLICK --key " + key + named + which + target;
    }

    private static String answers(RepliesFile file) {
        return file.state().builtIn()
                ? "inside the jar; a file " + file.path() + " takes their place as soon as it is there"
                : file.path() + ": change it and try again";
    }

    /**
     * Waits for the turn to choose ports, until those of another that has just chosen are open, {@link #TURN} at most: two that start
     * at once would find the same ports free. The turn ends when it is closed, or with the process; there is none where nothing can be
     * written.
     */
    private static Optional<FileChannel> turn() {
        Path file =
                Path.of(System.getProperty("java.io.tmpdir"), "weir-dev-" + System.getProperty("user.name") + ".lock");
        try {
            FileChannel turn = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long end = System.nanoTime() + TURN.toNanos();
            while (!isTaken(turn) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            return Optional.of(turn);
        } catch (IOException nothingToHold) {
            return Optional.empty();
        }
    }

    private static boolean isTaken(FileChannel turn) throws IOException {
        try {
            return turn.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void close(FileChannel turn) {
        try {
            turn.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort(int first) throws IOException {
        for (int port = first; port <= LAST_PORT; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IOException("no free port between " + first + " and " + LAST_PORT);
    }

    /** A simulated WeChat and the gateway that it pushes to, in one process: WeChat is there first and leaves last. */
    record DevServer(Simulator simulator, GatewayServer gateway) implements ServerProcess.Server {
        @Override
        public Future<?> start() {
            return simulator.start().compose(pushing -> gateway.start());
        }

        @Override
        public void ready() {
            gateway.ready();
        }

        @Override
        public Future<Void> stop(Duration notice) {
            return gateway.stop(notice).eventually(simulator::stop);
        }

        @Override
        public Duration drain() {
            return gateway.drain();
        }

        @Override
        public String ports() {
            return gateway.ports() + " or " + simulator.address() + " (simulated WeChat)";
        }

        @Override
        public String ports(String failure) {
            return gateway.ports(failure);
        }
    }
}
