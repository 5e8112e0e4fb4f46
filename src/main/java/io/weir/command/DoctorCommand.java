package io.weir.command;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.weir.GatewayConfig;
import io.weir.cli.Terminal;
import io.weir.client.AccessTokens;
import io.weir.client.admin.AdminGateway;
import io.weir.client.calls.NetworkCalls;
import io.weir.command.BaseCommand.ConfiguredCommand;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import io.weir.doctor.CallbackProbe;
import io.weir.doctor.CertificateProbe;
import io.weir.doctor.ClockProbe;
import io.weir.doctor.ConfigurationProbe;
import io.weir.doctor.CredentialProbe;
import io.weir.doctor.CredentialProbe.RememberedTokens;
import io.weir.doctor.Doctor;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Examined;
import io.weir.doctor.Doctor.Finding;
import io.weir.doctor.DoctorReport;
import io.weir.doctor.GatewayProbe;
import io.weir.doctor.MachineProbe;
import io.weir.doctor.NameProbe;
import io.weir.doctor.PushUrlProbe;
import io.weir.doctor.RedisProbe;
import io.weir.http.Runtimes;
import io.weir.menu.publish.MenuChanges;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir doctor}: checks what Weir depends on. */
@Command(
        name = "doctor",
        header = "Check Weir's dependencies and suggest fixes.",
        description = {
            "",
            "Checks the configuration, DNS, the connection to WeChat, the clock, Redis, disk and open files,",
            "and the gateway on this machine; for each account the credentials, the IP whitelist, WeChat's",
            "network check, and the push URL on this machine; with push.publicUrl also its DNS, certificate and",
            "answer from outside. The checks run in parallel, for 15 seconds at most, and change nothing. In",
            "stable mode Weir tries the credentials with WeChat, which ends no token; in classic mode it asks",
            "the running gateway. So it does where this shell lacks variables of the configuration. Ends with 0",
            "when nothing failed, else with 1.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir doctor --conf conf/weir.yaml",
            "  weir doctor --conf conf/weir.yaml --account main --json",
            "  weir doctor --env-file /etc/weir/weir.env     # with the variables of the service",
        },
        sortOptions = false)
final class DoctorCommand extends ConfiguredCommand {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final Check.Probe HERE_ONLY = () -> Future.succeededFuture(List.of(Finding.skip(
            "push.publicUrl is not set, so the push URL was tried on this machine only, not as WeChat reaches it")));

    @Mixin
    private final ForceOption force = new ForceOption();

    DoctorCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        ConfigFiles.Loaded loaded = load();
        String file = conf.map(each -> CommandInput.isStandard(each)
                        ? CommandInput.name(each)
                        : each.toAbsolutePath().normalize().toString())
                .orElse("");
        ConfigurationProbe probe = new ConfigurationProbe(file, loaded.problems());
        Check configuration = Check.of("configuration", probe);
        Optional<ConfigFiles.Running> running =
                conf.filter(each -> probe.lacksVariablesOnly()).flatMap(files::running);
        if (running.isPresent()) {
            return besideTheGateway(configuration, running.get());
        }
        if (!loaded.problems().errors().isEmpty()) {
            Check rest = Check.of(
                    "dependencies",
                    () -> Future.succeededFuture(List.of(
                            Finding.skip("nothing else can be looked at with a configuration that has errors"))));
            return tell(List.of(configuration, rest));
        }
        GatewayConfig config = loaded.require();
        accountName.ifPresent(name -> ConfiguredAccounts.named(config, Optional.of(name)));
        try (WeChatSession session = new WeChatSession(config, force.given(), terminal::talk)) {
            return tell(new DoctorChecks(config, session, conf).all(configuration, accountName));
        }
    }

    /** What can be found out without the secrets of the configuration. */
    private int besideTheGateway(Check configuration, ConfigFiles.Running running) {
        Vertx vertx = Runtimes.vertx();
        try {
            AdminGateway gateway = new AdminGateway(vertx, running.address(), LIMIT);
            return tell(List.of(
                    configuration,
                    Check.of("machine", new MachineProbe(MenuChanges.backupFolder(conf), gateway)),
                    Check.of("gateway", new GatewayProbe(gateway, running.accounts(), conf))));
        } finally {
            WeChatSession.await(vertx.close(), MARGIN);
        }
    }

    /** Each line as soon as it and all before it are there. */
    private int tell(List<Check> checks) {
        DoctorReport report = new DoctorReport(terminal);
        for (Future<Examined> examined : new Doctor(LIMIT).examine(checks)) {
            String lines = report.add(WeChatSession.await(examined, LIMIT.plus(MARGIN)));
            if (!asJson) {
                terminal.result(lines);
            }
        }
        terminal.result(asJson ? report.json() : "\n" + report.sum());
        return report.exitCode();
    }

    /** What the doctor looks at: a line for each check, in the order of the report. */
    static final class DoctorChecks {
        private final GatewayConfig config;
        private final Optional<Path> conf;
        private final WeChatSession session;
        private final AccessTokens tokens;
        private final NetworkCalls network;
        private final WebClient http;
        /** The port of this machine, whose certificate names the public host. */
        private final WebClient here;

        private final Clock clock = Clock.systemUTC();

        DoctorChecks(GatewayConfig config, WeChatSession session, Optional<Path> conf) {
            this.config = config;
            this.conf = conf;
            this.session = session;
            this.tokens = new RememberedTokens(new Harmless());
            this.network = new NetworkCalls(session.clientWith(tokens));
            this.http = WebClient.create(
                    session.vertx(),
                    new WebClientOptions().setFollowRedirects(false).setUserAgent("weir"));
            this.here = WebClient.create(
                    session.vertx(),
                    new WebClientOptions()
                            .setFollowRedirects(false)
                            .setUserAgent("weir")
                            .setTrustAll(true)
                            .setVerifyHost(false));
        }

        List<Check> all(Check configuration, Optional<String> only) {
            List<AccountConfig> accounts = config.accounts().stream()
                    .filter(account -> only.isEmpty() || account.name().equals(only.get()))
                    .toList();
            List<Check> all = new ArrayList<>(List.of(configuration));
            all.addAll(machine(accounts));
            accounts.forEach(account -> all.addAll(of(account)));
            return all;
        }

        private List<Check> machine(List<AccountConfig> accounts) {
            String host = config.wechat().baseUri().getHost();
            List<String> names = accounts.stream().map(AccountConfig::name).toList();
            List<Check> checks = new ArrayList<>(List.of(
                    Check.of("dns", new NameProbe(config.wechat().baseUri(), "wechat.baseUri", false)),
                    Check.of(
                            "wechat and clock",
                            new ClockProbe(
                                    network, names.get(0), host, config.push().timestampWindow(), clock))));
            config.redis()
                    .ifPresent(redis ->
                            checks.add(Check.of("redis", new RedisProbe(session.vertx(), redis, clock, kept()))));
            checks.add(Check.of("machine", new MachineProbe(MenuChanges.backupFolder(conf), session.gateway())));
            checks.add(Check.of("gateway", new GatewayProbe(session.gateway(), names, conf)));
            config.push().publicUrl().ifPresent(url -> {
                checks.add(Check.of("public dns", new NameProbe(url, "push.publicUrl", true)));
                checks.add(Check.of("public tls", new CertificateProbe(url, sockets(), clock)));
            });
            return checks;
        }

        /** Both ways from now, since the sender's clock may be behind or ahead. */
        private Duration kept() {
            return config.push().timestampWindow().multipliedBy(2);
        }

        private static SSLSocketFactory sockets() {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }

        private List<Check> of(AccountConfig account) {
            Optional<String> name = Optional.of(account.name());
            CallbackProbe callback = new CallbackProbe(account.name(), tokens, network);
            List<Check> checks = new ArrayList<>(List.of(
                    new Check("credentials", name, new CredentialProbe(account, tokens)),
                    new Check("callback ips", name, callback::addresses),
                    new Check("callback check", name, callback::reachable),
                    new Check(
                            "push url",
                            name,
                            pushUrl(here, ConfiguredAccounts.target(config.push(), account.name()), account))));
            checks.add(new Check(
                    "public url",
                    name,
                    config.push()
                            .publicUrl(account.name())
                            .<Check.Probe>map(url -> pushUrl(http, url, account))
                            .orElse(HERE_ONLY)));
            return checks;
        }

        private PushUrlProbe pushUrl(WebClient client, URI url, AccountConfig account) {
            return new PushUrlProbe(client, url, account.tokens().get(0), clock);
        }

        /** Where it harms nobody WeChat itself is asked, so that the configuration's own secrets are tried. */
        private final class Harmless implements AccessTokens {
            @Override
            public Future<Secret> current(String account) {
                return of(account).current(account);
            }

            @Override
            public Future<Secret> refused(String account, Secret token) {
                return of(account).refused(account, token);
            }

            private AccessTokens of(String account) {
                return session.alone().isHarmless(account) ? session.alone() : session.tokens();
            }
        }
    }
}
