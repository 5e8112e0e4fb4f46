package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Signals;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.command.TriggerReport.TriggerRequest;
import io.weir.simulator.PushOptions;
import io.weir.simulator.SimulatorAccounts;
import io.weir.simulator.load.Load;
import io.weir.simulator.load.LoadPlan;
import io.weir.simulator.load.LoadSummary;
import io.weir.simulator.load.PushSeries;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.PushOrderException;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.push.UrlVerification;
import io.weir.simulator.time.RealTime;
import io.weir.simulator.time.SimulatedTime;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir trigger}: sends signed pushes of any type to a gateway and shows the answers as WeChat would take them. */
@Command(
        name = "trigger",
        header = "Send a signed push to a gateway, or many, as WeChat does, and show the answer.",
        description = {
            "",
            "The push is signed and, in compatible and safe mode, encrypted with the account's own token and",
            "key. The word verify in place of a type asks as WeChat does when a URL is saved, and tells why the",
            "URL would not be taken. Ends with 0 when WeChat would take the answer, 1 when not, 69 when there is",
            "none within 5 seconds. Of many pushes: 0 when it would take all answers, 69 when there was none at",
            "all, otherwise 1.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir trigger CLICK --key V1001_SUNCK",
            "  weir trigger text --field Content=hello",
            "  weir trigger subscribe --key door-7     # follow through the QR code of scene door-7",
            "  weir trigger scancode_waitmsg --key scan --field ScanCodeInfo.ScanResult=parcel-12 --safe",
            "  weir trigger event:some_future_event --field Reason=new",
            "  weir trigger CLICK --duplicates 2       # three times at once, as after a retry",
            "  weir trigger text --repeat 10000 --concurrency 64",
            "  weir trigger text --repeat 3000 --rate 100",
            "  weir trigger CLICK --conf conf/weir.yaml --account main --to https://wx.example.com/wx/main",
            "  weir trigger verify --to http://127.0.0.1:3000/wx --token myToken123",
            "  weir trigger --list"
        },
        sortOptions = false)
public final class TriggerCommand extends BaseCommand {
    /** In place of a type: the GET of WeChat's settings page. */
    private static final String VERIFY = "verify";

    private final SimulatorAccounts accounts;
    private final Duration limit;
    private final Consumer<Consumer<String>> signals;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private PushOptions push = new PushOptions();

    @Option(names = "--safe", description = "Send as in safe mode, whatever the account's mode is.")
    private boolean safe;

    @Option(
            names = {"--to", "--push-to"},
            paramLabel = "URL",
            description = "Where to. Default: the account's path at the gateway on this machine.")
    private Optional<URI> to = Optional.empty();

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private DeliveryOptions delivery = new DeliveryOptions();

    @Option(
            names = "--no-curl",
            negatable = true,
            description = "Leave out the curl command that sends the same push again.")
    private boolean curl = true;

    @Option(names = "--list", description = "List all types and exit.")
    private boolean list;

    /** @param accounts where the options {@code --conf} and {@code --account} lead */
    public TriggerCommand(SimulatorAccounts accounts, Terminal terminal) {
        this(accounts, terminal, Pusher.WECHAT_LIMIT, Signals::onTerminate);
    }

    /** @param signals told whom to tell about Ctrl-C */
    TriggerCommand(SimulatorAccounts accounts, Terminal terminal, Duration limit, Consumer<Consumer<String>> signals) {
        super(terminal);
        this.accounts = accounts;
        this.limit = limit;
        this.signals = signals;
    }

    /** Picocli's entry: blocks the calling thread until the answers are there. */
    @Override
    public Integer call() {
        PushTemplates templates = PushTemplates.bundled();
        if (list) {
            new TypeList(templates, terminal).print(asJson);
            return ExitCode.DONE;
        }
        if (push.is(VERIFY)) {
            return verify();
        }
        PushOrder order = push.order(templates, terminal);
        LoadPlan plan = delivery.plan();
        SimulatedAccount account = account();
        TriggerRequest trigger =
                new TriggerRequest(series(templates, order, account), account, target(account), order.key());
        try (TriggerRuntime runtime = new TriggerRuntime(limit, delivery.connections())) {
            runtime.warmUp(trigger.pushes().get(0), account);
            return delivery.many() ? sendMany(trigger, plan, runtime) : sendOne(trigger, runtime);
        }
    }

    private int verify() {
        SimulatedAccount account = account();
        try (TriggerRuntime runtime = new TriggerRuntime(limit, Connections.LIKE_WECHAT)) {
            runtime.warmUp(new PushFactory(PushTemplates.bundled()).create(PushOrder.of("text"), account), account);
            UrlVerification done = TriggerRuntime.await(runtime.pusher().verify(account, target(account)));
            terminal.result(asJson ? done.json().toPrettyString() : Terminal.harmless(String.join("\n", done.lines())));
            return done.passed() ? ExitCode.DONE : done.status().isPresent() ? ExitCode.FAILED : ExitCode.UNAVAILABLE;
        }
    }

    private int sendOne(TriggerRequest trigger, TriggerRuntime runtime) {
        Delivered delivered = TriggerRuntime.await(deliver(trigger, 0, runtime));
        TriggerReport report = new TriggerReport(delivered, trigger, curl);
        terminal.result(asJson ? report.json() : report.text(terminal));
        report.advice().forEach(terminal::talk);
        return report.exitCode();
    }

    private int sendMany(TriggerRequest trigger, LoadPlan plan, TriggerRuntime runtime) {
        Load load = new Load(plan, runtime.time(), index -> deliver(trigger, index, runtime));
        AtomicBoolean interrupted = new AtomicBoolean();
        signals.accept(signal -> {
            if (interrupted.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            load.stop();
        });
        LoadSummary summary = TriggerRuntime.await(load.run());
        LoadReport report = new LoadReport(summary, plan, trigger);
        terminal.result(asJson ? report.json() : report.text(terminal));
        return interrupted.get() ? ExitCode.INTERRUPTED : report.exitCode();
    }

    private Future<Delivered> deliver(TriggerRequest trigger, int index, TriggerRuntime runtime) {
        return runtime.courier()
                .deliver(trigger.pushes().get(index), trigger.account(), trigger.target(), delivery.handling());
    }

    private PushSeries series(PushTemplates templates, PushOrder order, SimulatedAccount account) {
        try {
            return new PushSeries(new PushFactory(templates), order, account);
        } catch (PushOrderException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private SimulatedAccount account() {
        SimulatedAccount account = withCredentials(accounts.find(conf, accountName));
        if (safe && account.aesKey().isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "account " + account.name()
                            + " has no encodingAesKey, which --safe needs; add it to the configuration");
        }
        return safe ? account.in(PushMode.SAFE) : account;
    }

    private SimulatedAccount withCredentials(SimulatedAccount account) {
        try {
            return credentials.given().of(account);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private URI target(SimulatedAccount account) {
        URI target = to.orElseGet(() -> accounts.defaultTarget(conf, account));
        if (!Pusher.isPushUrl(target)) {
            throw usage("--to: expected http://host/path or https://host/path, found " + target);
        }
        return target;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What a program that has just been started needs to push: brings it up, and takes it down again when closed. */
    static final class TriggerRuntime implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        private final SimulatedTime time = new RealTime(vertx);
        private final Pusher pusher;

        TriggerRuntime(Duration limit, Connections connections) {
            this.pusher = new Pusher(vertx, time, limit, connections);
        }

        Pusher pusher() {
            return pusher;
        }

        Courier courier() {
            return new Courier(pusher);
        }

        SimulatedTime time() {
            return time;
        }

        /**
         * The first exchange of a JVM takes some hundred milliseconds of its own, which would be told as the gateway's: so the
         * first one goes to ourselves. One attempt, whatever comes of it.
         */
        void warmUp(SimulatedPush push, SimulatedAccount account) {
            HttpServer mirror = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("success"));
            await(mirror.listen(0, "127.0.0.1")
                    .compose(open ->
                            pusher.push(push, account, URI.create("http://127.0.0.1:" + open.actualPort() + "/")))
                    .eventually(mirror::close)
                    .otherwiseEmpty());
        }

        /** Blocks the calling thread. */
        static <T> T await(Future<T> future) {
            return future.toCompletionStage().toCompletableFuture().join();
        }

        @Override
        public void close() {
            await(vertx.close());
        }
    }

    /** What {@code weir trigger --list} prints: each wire name, what it is, whether it takes {@code --key}. */
    static final class TypeList {
        private final PushTemplates templates;
        private final Terminal terminal;

        TypeList(PushTemplates templates, Terminal terminal) {
            this.templates = templates;
            this.terminal = terminal;
        }

        void print(boolean json) {
            if (json) {
                ObjectNode all = Json.object();
                ArrayNode types = all.putArray("types");
                templates.all().forEach(template -> types.add(json(template)));
                terminal.result(all.toPrettyString());
            } else {
                templates.all().forEach(template -> terminal.result(line(template)));
            }
        }

        private static String line(PushTemplate template) {
            String what = template.words() + (template.hasKey() ? ", --key" : "");
            return String.format(Locale.ROOT, "%-34s %s", template.wireName(), what);
        }

        private static ObjectNode json(PushTemplate template) {
            return Json.object()
                    .put("type", template.wireName())
                    .put("event", template.kind().event())
                    .put("ordinaryAccounts", template.ordinary())
                    .put("takesReply", template.kind().repliable())
                    .put("takesKey", template.hasKey());
        }
    }
}
