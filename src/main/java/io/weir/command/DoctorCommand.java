package io.weir.command;

import io.vertx.core.Future;
import io.weir.GatewayConfig;
import io.weir.cli.Terminal;
import io.weir.doctor.ConfigurationProbe;
import io.weir.doctor.Doctor;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Examined;
import io.weir.doctor.DoctorReport;
import io.weir.doctor.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir doctor}: checks against the world. */
@Command(
        name = "doctor",
        header = "Check Weir's dependencies and suggest fixes, and say what to do where it is not.",
        description = {
            "",
            "Looks at the configuration, DNS, the way to WeChat and the clock, Redis, and the gateway on this",
            "machine; of each account at the credentials and the IP whitelist, WeChat's own check of the push",
            "URL, and the push URL on this machine. All at once, within 15 seconds; changes nothing.",
            "In stable mode the credentials are tried with WeChat, which ends no token; in classic mode the",
            "running gateway is asked. Ends with 0 when nothing failed, else with 1.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir doctor --conf conf/weir.yaml",
            "  weir doctor --conf conf/weir.yaml --account main --json",
            "  weir doctor        # of the made-up account, while weir dev runs",
        },
        sortOptions = false)
final class DoctorCommand extends ConfiguredCommand {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    @Mixin
    private final ForceOption force = new ForceOption();

    DoctorCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        ConfigFiles.Loaded loaded = load();
        String file = options.conf().map(Path::toString).orElse("the made-up dev account");
        Check configuration = Check.of("configuration", new ConfigurationProbe(file, loaded.problems()));
        if (!loaded.problems().errors().isEmpty()) {
            Check rest = Check.of(
                    "the world",
                    () -> Future.succeededFuture(List.of(
                            Finding.skip("nothing else can be looked at with a configuration that has errors"))));
            return tell(List.of(configuration, rest));
        }
        GatewayConfig config = loaded.require();
        options.account().ifPresent(name -> ConfiguredAccounts.named(config, Optional.of(name)));
        try (WeChatSession session = new WeChatSession(config, force.given(), terminal::talk)) {
            return tell(new DoctorChecks(config, session).all(configuration, options.account()));
        }
    }

    /** Each line as soon as it and all before it are there. */
    private int tell(List<Check> checks) {
        DoctorReport report = new DoctorReport(terminal);
        for (Future<Examined> examined : new Doctor(LIMIT).examine(checks)) {
            String lines = report.add(WeChatSession.await(examined, LIMIT.plus(MARGIN)));
            if (!options.json()) {
                terminal.result(lines);
            }
        }
        terminal.result(options.json() ? report.json() : "\n" + report.sum());
        return report.exitCode();
    }
}
