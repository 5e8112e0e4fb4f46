package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.admin.AdminConfig;
import io.weir.command.ConfiguredAccounts;
import io.weir.command.DevAccount;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.http.Runtimes;
import io.weir.plugin.Handler;
import io.weir.plugin.runtime.Plugin;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.redis.RedisConfig;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.time.RealTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway with its console, and a simulated WeChat that pushes to it, for the tests of a class; registered as a static field.
 * Blocks.
 */
public final class OperatedGateway implements BeforeAllCallback, AfterAllCallback {
    private static final String ACCOUNT = "dev";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final List<Handler<?>> handlers = new ArrayList<>();
    private final String replies;
    private final Optional<Secret> token;
    private String others = "tokens: {}";
    private PushMode mode = PushMode.PLAINTEXT;
    private Optional<RedisConfig> redis = Optional.empty();
    private @Nullable Vertx vertx;
    /** The gateway's own, so that another one can follow. */
    private @Nullable Vertx running;

    private @Nullable Simulator simulator;
    private @Nullable Gateway gateway;
    private @Nullable Path backups;
    private int adminPort;

    private OperatedGateway(String replies, Optional<Secret> token) {
        this.replies = replies;
        this.token = token;
    }

    /** One that everybody on this machine may operate, with answers in the form of {@code conf/replies.yaml}. */
    public static OperatedGateway open(String replies) {
        return new OperatedGateway(replies, Optional.empty());
    }

    /** One that is operated by whoever has the token. */
    public static OperatedGateway locked(String replies, String token) {
        return new OperatedGateway(replies, Optional.of(Secret.of(token)));
    }

    /** Lets somebody else log in, too, who may do what the role lets do. */
    public OperatedGateway alsoFor(String name, String secret, String role) {
        others = "tokens: { " + name + ": { secret: " + secret + ", may: " + role + " } }";
        return this;
    }

    /** Adds a handler, which answers its kind of push in place of the built-in one. */
    public OperatedGateway handler(Handler<?> handler) {
        handlers.add(handler);
        return this;
    }

    /** Sets how the account is pushed to; plaintext where nothing is said. */
    public OperatedGateway mode(PushMode mode) {
        this.mode = mode;
        return this;
    }

    /** Sets the Redis that it shares with others. */
    public OperatedGateway sharing(RedisConfig with) {
        redis = Optional.of(with);
        return this;
    }

    /** The simulated WeChat. */
    public Simulator wechat() {
        return Objects.requireNonNull(simulator, "register it as a static field with @RegisterExtension");
    }

    /** Somebody new, who follows the account. */
    public Person person(String name) {
        return wechat().person(ACCOUNT, name + "-" + PEOPLE.incrementAndGet());
    }

    /** The URL that WeChat pushes to. */
    public URI pushUrl() {
        return wechat().pushUrl(ACCOUNT);
    }

    /** The replies file, which is there once an answer has been saved. */
    public Path repliesFile() {
        return Objects.requireNonNull(backups).resolve("replies.yaml");
    }

    /** Where the console is, with the view of pushes. */
    public URI console() {
        return URI.create("http://127.0.0.1:" + adminPort + "/console/#pushes");
    }

    /** Stops the gateway and starts another one on the same ports: the pages lose their connection. */
    public void restart() {
        int pushPort = gateway().pushPort();
        stopGateway();
        gateway = started(pushPort, adminPort);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Vertx made = Runtimes.vertx();
        vertx = made;
        backups = Files.createTempDirectory("weir-backups");
        Simulator wechat = new Simulator(
                made,
                new SimulatorConfig(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        List.of(ConfiguredAccounts.official(config(0, 0), mode).get(0)),
                        true),
                new RealTime(made));
        simulator = wechat;
        join(wechat.start());
        Gateway first = started(0, 0);
        gateway = first;
        adminPort = first.adminPort();
        wechat.pushTo(ACCOUNT, URI.create("http://127.0.0.1:" + first.pushPort() + "/wx/" + ACCOUNT));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            stopGateway();
            join(wechat().stop());
        } finally {
            join(vertx().close());
            delete(Objects.requireNonNull(backups));
        }
    }

    private Gateway started(int pushPort, int port) {
        GatewayConfig config = config(pushPort, port).callingWeChatAt(wechat().baseUri());
        Vertx own = Runtimes.vertx();
        running = own;
        Gateway.RuntimeOptions options = new Gateway.RuntimeOptions(
                Optional.empty(),
                Duration.ofSeconds(1),
                Clock.systemUTC(),
                Objects.requireNonNull(backups).resolve("menu-backups"),
                Optional.empty(),
                Optional.empty());
        Gateway made = new Gateway(
                own,
                config,
                answers(),
                new PluginHandlers(List.of(Plugin.of("test", handlers)), Map.of(), new Problems()),
                options);
        join(made.start());
        return made;
    }

    private void stopGateway() {
        join(gateway().stop(Duration.ZERO));
        join(Objects.requireNonNull(running).close());
    }

    private GatewayConfig config(int pushPort, int port) {
        GatewayConfig dev = new DevAccount(Clock.systemUTC()).load().require().onPorts("127.0.0.1", pushPort, port);
        return new GatewayConfig(
                dev.push(),
                admin(port),
                redis.or(dev::redis),
                dev.wechat(),
                dev.accounts(),
                dev.handlers(),
                dev.backends(),
                dev.journal(),
                dev.replies());
    }

    private AdminConfig admin(int port) {
        String operator =
                token.map(secret -> "token: " + secret.reveal() + "\n  ").orElse("");
        String yaml = "admin:\n  port: " + port + "\n  " + operator + others;
        return AdminConfig.read(Section.parse("weir.yaml", yaml, new Problems()))
                .orElseThrow();
    }

    private Replies answers() {
        Problems problems = new Problems();
        RepliesFile file =
                RepliesFile.builtIn(repliesFile(), replies.getBytes(StandardCharsets.UTF_8), problems, Instant.now());
        problems.throwIfErrors();
        return new Replies(Map.of(ACCOUNT, file));
    }

    private Gateway gateway() {
        return Objects.requireNonNull(gateway, "not started");
    }

    private Vertx vertx() {
        return Objects.requireNonNull(vertx, "not started");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void join(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
