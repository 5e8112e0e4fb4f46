package io.weir.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.Gateway;
import io.weir.GatewayConfig;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.command.DevAccount;
import io.weir.config.Problems;
import io.weir.http.Runtimes;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import io.weir.simulator.AccountCredentials;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.time.RealTime;
import io.weir.simulator.time.SimulatedTime;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A simulated WeChat and a gateway in this process, for {@link WeirExtension}. Blocks. */
final class TestedGateway {
    static final String ACCOUNT = "dev";
    static final Duration DEADLINE = Duration.ofMillis(4_500);

    /** A test that has ended does not wait for its handlers. */
    private static final Duration DRAIN = Duration.ofMillis(100);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Setup setup;
    private final PluginHandlers own;
    private final Vertx vertx = Runtimes.vertx();
    private final SimulatedTime time;
    private @Nullable Simulator simulator;
    private @Nullable Gateway gateway;

    TestedGateway(Setup setup, PluginHandlers own) {
        this.setup = setup;
        this.own = own;
        this.time = setup.virtualTime() ? new VirtualTime(Instant.now()) : new RealTime(vertx);
    }

    /**
     * What a test asks for.
     *
     * @param replies empty: those that {@code weir dev} has
     * @param elsewhere where a gateway is running already
     * @param credentials that it has in place of the dev account's
     */
    record Setup(
            Optional<String> replies,
            PushMode mode,
            Duration deadline,
            boolean virtualTime,
            Optional<URI> elsewhere,
            AccountCredentials credentials) {
        Setup {
            if (elsewhere.isEmpty() && !credentials.equals(AccountCredentials.UNCHANGED)) {
                throw new IllegalStateException(
                        "credentials are for a server of your own: give its URL with pushingTo");
            }
        }
    }

    void start() {
        ConfigFiles.Loaded loaded = new DevAccount(Clock.systemUTC()).load();
        GatewayConfig config = loaded.require()
                .onPorts("127.0.0.1", 0, 0)
                .withDeadline(setup.deadline())
                .withDrain(DRAIN);
        OfficialAccount account = setup.credentials()
                .of(ConfiguredAccounts.official(config, setup.mode()).get(0));
        Simulator wechat = new Simulator(
                vertx,
                new SimulatorConfig(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        List.of(account.pushedTo(setup.elsewhere().orElse(account.url()))),
                        true),
                time);
        join(wechat.start());
        simulator = wechat;
        if (setup.elsewhere().isEmpty()) {
            Gateway started =
                    new Gateway(vertx, config.callingWeChatAt(wechat.baseUri()), replies(loaded.replies()), own);
            gateway = started;
            join(started.start());
            wechat.pushTo(ACCOUNT, URI.create("http://127.0.0.1:" + started.pushPort() + "/wx/" + ACCOUNT));
        }
    }

    void stop() {
        try {
            if (gateway != null) {
                join(gateway.stop(Duration.ZERO));
            }
            if (simulator != null) {
                join(simulator.stop());
            }
        } finally {
            join(vertx.close());
        }
    }

    Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("not started");
        }
        return simulator;
    }

    URI pushUrl() {
        return simulator().pushUrl(ACCOUNT);
    }

    /** @throws io.weir.config.ConfigException when the test's rules are wrong */
    private Replies replies(Replies ofDev) {
        if (setup.replies().isEmpty()) {
            return ofDev;
        }
        Problems problems = new Problems();
        RepliesFile file = RepliesFile.builtIn(
                Path.of("replies of the test"),
                setup.replies().get().getBytes(StandardCharsets.UTF_8),
                problems,
                Instant.now());
        problems.throwIfErrors();
        return new Replies(Map.of(ACCOUNT, file));
    }

    private static void join(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
