package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.cli.ServerProcess;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.simulator.AccountCredentials;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorAccounts;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.UrlVerification;
import io.weir.simulator.time.RealTime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir simulator}: the simulated WeChat alone. */
@Command(
        name = "simulator",
        header = "Run a simulated WeChat: its server API, and people who tap.",
        description = {
            "",
            "To try a server in any language, give its URL with --push-to and the Token that it checks. The",
            "credentials of the account are printed, and the URL is verified as WeChat does when it is saved.",
            "With --conf the simulated WeChat has the accounts of the configuration file, and pushes to the",
            "gateway of that file on this machine. Let the server call it instead of https://api.weixin.qq.com.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir simulator --push-to http://127.0.0.1:3000/wx --token myToken123",
            "  weir simulator --push-to http://127.0.0.1:3000/wx --token myToken123 --mode safe --aes-key KEY",
            "  weir simulator --conf conf/weir.yaml --state wechat.json",
            "  curl 'http://127.0.0.1:8082/cgi-bin/token?grant_type=client_credential&appid=…&secret=…'"
        },
        sortOptions = false)
public final class SimulatorCommand extends BaseCommand {
    private final SimulatorAccounts accounts;
    private final Supplier<Vertx> vertx;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Where to listen; the control API answers loopback only. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "0 for a free one. Default: 8082.")
    private int port = SimulatorConfig.DEFAULT_PORT;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Keep tokens, menus, people and material there across restarts.")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = {"--push-to", "--to"},
            paramLabel = "URL",
            description = "Where pushes go. Default: the gateway of the configuration on this machine.")
    private Optional<URI> to = Optional.empty();

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Option(names = "--app-secret", paramLabel = "SECRET", description = "The account's AppSecret, likewise.")
    private Optional<String> appSecret = Optional.empty();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli sets its option
    private final LogOption log = new LogOption();

    /** @param vertx makes the Vert.x to run on */
    public SimulatorCommand(SimulatorAccounts accounts, Terminal terminal, Supplier<Vertx> vertx) {
        super(terminal);
        this.accounts = accounts;
        this.vertx = vertx;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: expected 0 to 65535, found " + port);
        }
        if (to.filter(url -> !Pusher.isPushUrl(url)).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--push-to: expected http://host/path or https://host/path, found " + to.get());
        }
        ServerProcess process = new ServerProcess(vertx, Duration.ZERO);
        SimulatorConfig config = new SimulatorConfig(host, port, state, accounts(), conf.isEmpty());
        return process.run(made -> new Running(new Simulator(made, config, new RealTime(made))));
    }

    private List<OfficialAccount> accounts() {
        List<OfficialAccount> all = accounts.all(conf).stream()
                .filter(account -> accountName.isEmpty() || account.name().equals(accountName.get()))
                .toList();
        if (all.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no account " + accountName.orElse("") + " in the configuration");
        }
        AccountCredentials given = given();
        if (!given.equals(AccountCredentials.UNCHANGED) && all.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "credentials are those of one account: name it with --account");
        }
        try {
            return all.stream()
                    .map(given::of)
                    .map(account -> to.map(account::pushedTo).orElse(account))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private AccountCredentials given() {
        AccountCredentials given = credentials.given();
        return appSecret.map(given::withAppSecret).orElse(given);
    }

    /** The simulator as what the process runs. */
    private final class Running implements ServerProcess.Server {
        private final Simulator simulator;
        private List<UrlVerification> verified = List.of();

        Running(Simulator simulator) {
            this.simulator = simulator;
        }

        /** A URL that was named is verified: whoever named it wants to know. */
        @Override
        public Future<?> start() {
            return simulator
                    .start()
                    .compose(started -> Future.join(simulator.accounts().stream()
                            .filter(account -> to.isPresent())
                            .map(account -> simulator.verify(account.name()))
                            .toList()))
                    .onSuccess(all -> verified = all.list());
        }

        @Override
        public void ready() {
            terminal.result(asJson ? json().toString() : text());
        }

        private String text() {
            StringBuilder text = new StringBuilder("A simulated WeChat is running: press Ctrl-C to stop it.\n\n");
            text.append("  phone page   ").append(simulator.phonePage()).append('\n');
            text.append("  server API   ").append(simulator.baseUri()).append("/cgi-bin/…\n");
            text.append("  control      ").append(simulator.baseUri()).append("/control/v1\n");
            simulator
                    .accounts()
                    .forEach(account -> text.append("  pushes to    ")
                            .append(account.url())
                            .append("  (")
                            .append(account.name())
                            .append(", ")
                            .append(account.pushes().mode())
                            .append(")\n"));
            state.ifPresent(file -> text.append("  state        ").append(file).append('\n'));
            shown().forEach(one -> text.append(String.format(Locale.ROOT, "  %-12s %s\n", one.label(), one.value())));
            verified.forEach(url -> text.append('\n')
                    .append(Terminal.harmless(String.join("\n", url.lines())))
                    .append('\n'));
            return text.toString().stripTrailing();
        }

        /** The credentials of the made-up account, when a server was named; those of a configuration stay secret. */
        private List<Credential> shown() {
            if (conf.isPresent() || to.isEmpty()) {
                return List.of();
            }
            OfficialAccount account = simulator.accounts().get(0);
            return List.of(
                    new Credential("AppID", "appId", account.registration().appId()),
                    new Credential(
                            "AppSecret", "appSecret", account.registration().appSecret()),
                    new Credential("Token", "token", account.pushes().token()),
                    new Credential(
                            "AES key", "encodingAesKey", credentials.aesKey().orElse(DevAccount.ENCODING_AES_KEY)),
                    new Credential(
                            "original ID", "originalId", account.registration().originalId()));
        }

        private ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("api", simulator.baseUri().toString())
                    .put("phone", simulator.phonePage().toString())
                    .put("control", simulator.baseUri() + "/control/v1");
            ArrayNode pushes = json.putArray("pushes");
            simulator
                    .accounts()
                    .forEach(account -> pushes.addObject()
                            .put("account", account.name())
                            .put("url", account.url().toString())
                            .put("mode", account.pushes().mode().toString()));
            List<Credential> shown = shown();
            if (!shown.isEmpty()) {
                ObjectNode written = json.putObject("credentials");
                shown.forEach(one -> written.put(one.name(), one.value()));
            }
            ArrayNode verifications = json.putArray("verifications");
            verified.forEach(url -> verifications.add(url.json()));
            return json;
        }

        @Override
        public Future<Void> stop(Duration notice) {
            return simulator.stop();
        }

        @Override
        public String ports() {
            return simulator.address() + " (--port)";
        }
    }

    /**
     * One credential of the account.
     *
     * @param label as WeChat's console calls it
     * @param name in JSON
     */
    private record Credential(String label, String name, String value) {}
}
