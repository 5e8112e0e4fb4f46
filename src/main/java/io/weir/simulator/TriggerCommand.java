package io.weir.simulator;

import io.weir.cli.CommandException;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.simulator.push.Delivery;
import io.weir.simulator.push.FieldSetting;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrderException;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir trigger}: sends one signed push of any type to a gateway and shows the answer as WeChat would take it. */
@Command(
        name = "trigger",
        header = "Send one signed push to a gateway, as WeChat does, and show the answer.",
        description = {
            "",
            "The push is signed and, in compatible and safe mode, encrypted with the account's own token and key.",
            "Ends with 0 when WeChat would take the answer, 1 when not, 69 when there is none within 5 seconds.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir trigger CLICK --key V1001_SUNCK",
            "  weir trigger text --field Content=hello",
            "  weir trigger subscribe --key door-7     # follow through the QR code of scene door-7",
            "  weir trigger scancode_waitmsg --key scan --field ScanCodeInfo.ScanResult=parcel-12 --safe",
            "  weir trigger event:some_future_event --field Reason=new",
            "  weir trigger CLICK --conf conf/weir.yaml --account main --to https://wx.example.com/wx/main",
            "  weir trigger --list"
        },
        sortOptions = false)
public final class TriggerCommand implements Callable<Integer> {
    private final Accounts accounts;
    private final Terminal terminal;
    private final Duration limit;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TYPE",
            arity = "0..1",
            description = "MsgType or Event by its wire name (location is the message, LOCATION the event), "
                    + "or event:NAME for one that is not listed.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "EventKey; for subscribe the scene of the QR code.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--field",
            paramLabel = "Name=value",
            description = "Set or add an element; Outer.Inner=value for a nested one. Repeatable.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--user", paramLabel = "OPENID", description = "The sender. Default: a made-up one.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--safe", description = "Send as in safe mode, whatever the account's mode is.")
    private boolean safe;

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "Where to. Default: the account's path at the gateway on this machine.")
    private Optional<URI> to = Optional.empty();

    @Option(names = "--curl", description = "Print the same request as a curl command, too.")
    private boolean curl;

    @Option(names = "--list", description = "List all types and exit.")
    private boolean list;

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** @param accounts where the options {@code --conf} and {@code --account} lead */
    public TriggerCommand(Accounts accounts, Terminal terminal) {
        this(accounts, terminal, Pusher.WECHAT_LIMIT);
    }

    TriggerCommand(Accounts accounts, Terminal terminal, Duration limit) {
        this.accounts = accounts;
        this.terminal = terminal;
        this.limit = limit;
    }

    /** Picocli's entry: blocks the calling thread until the answer is there. */
    @Override
    public Integer call() {
        PushTemplates templates = PushTemplates.bundled();
        if (list) {
            new TypeList(templates, terminal).print(common.json());
            return ExitCode.DONE;
        }
        PushOrder order = order(templates);
        SimulatedAccount account = account();
        URI target = target(account);
        Delivery delivery = new SingleDelivery(push(templates, order, account), account, target, limit).run();
        TriggerReport report = new TriggerReport(delivery, order.key(), target, curl);
        terminal.result(common.json() ? report.json() : report.text(terminal));
        report.advice().forEach(terminal::talk);
        return report.exitCode();
    }

    private PushOrder order(PushTemplates templates) {
        String wanted = type.orElseThrow(() -> usage("TYPE is missing, as in: weir trigger CLICK --key V1001_SUNCK"));
        if (user.filter(String::isBlank).isPresent()) {
            throw usage("--user: expected an openid, found a blank");
        }
        try {
            PushTemplate template = templates.find(wanted);
            List<FieldSetting> settings =
                    fields.stream().map(FieldSetting::parse).toList();
            settings.forEach(field -> FieldHint.about(field, template).ifPresent(terminal::talk));
            return new PushOrder(wanted, key, settings, user);
        } catch (PushOrderException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private SimulatedPush push(PushTemplates templates, PushOrder order, SimulatedAccount account) {
        try {
            return new PushFactory(templates).create(order, account);
        } catch (PushOrderException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private SimulatedAccount account() {
        SimulatedAccount account = accounts.find(common.conf(), common.account());
        if (safe && account.aesKey().isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "account " + account.name()
                            + " has no encodingAesKey, which --safe needs; add it to the configuration");
        }
        return safe ? account.in(PushMode.SAFE) : account;
    }

    private URI target(SimulatedAccount account) {
        URI target = to.orElseGet(() -> accounts.defaultTarget(common.conf(), account));
        boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!http || target.getHost() == null || target.getRawFragment() != null) {
            throw usage("--to: expected http://host/path or https://host/path, found " + target);
        }
        return target;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
