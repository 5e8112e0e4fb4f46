package io.weir.command;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.Gateway;
import io.weir.GatewayConfig;
import io.weir.cli.ExitCode;
import io.weir.http.Runtimes;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * {@code weir rehearse}: a gateway on free ports gets a few pushes and ends. The build runs it to record which
 * classes a start needs, in the class-data archive that {@code scripts/run} starts with.
 */
@Command(name = "rehearse", hidden = true, description = "Start, answer a few pushes, and end.")
final class RehearseCommand implements Callable<Integer> {
    private static final List<String> TYPES =
            List.of("CLICK", "text", "scancode_waitmsg", "pic_weixin", "subscribe", "VIEW");
    private static final int LIMIT_SECONDS = 20;

    private final ConfigFiles files;

    RehearseCommand(ConfigFiles files) {
        this.files = files;
    }

    @Override
    public Integer call() throws IOException {
        readConfiguration();
        ConfigFiles.Loaded loaded = files.load(Optional.empty());
        GatewayConfig config = loaded.require().onPorts("127.0.0.1", 0, 0);
        Vertx vertx = Runtimes.vertx();
        Gateway.RuntimeOptions runtime =
                Gateway.RuntimeOptions.of(Optional.empty()).warmedUp();
        Gateway gateway = join(new Gateway(vertx, config, loaded.replies(), loaded.own(), runtime).start());
        boolean answered = answersAll(vertx, gateway.pushPort(), config) && tapped(vertx, gateway.pushPort());
        join(gateway.stop(Duration.ZERO).map(true));
        join(vertx.close().map(true));
        return answered ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** As {@code weir serve} does. */
    private void readConfiguration() throws IOException {
        Path file = Files.createTempFile("weir", ".yaml");
        Files.writeString(file, "accounts: { a: { appId: wx0, appSecret: s, token: t, mode: plaintext } }\n");
        files.load(Optional.of(file)).require();
        Files.delete(file);
    }

    private boolean answersAll(Vertx vertx, int port, GatewayConfig config) {
        SimulatedAccount account = new ConfiguredAccounts(files).find(Optional.empty(), Optional.empty());
        URI target = URI.create("http://127.0.0.1:" + port + config.push().path() + "/" + account.name());
        PushFactory pushes = new PushFactory(PushTemplates.bundled());
        Pusher pusher = new Pusher(vertx);
        boolean answered = true;
        for (String type : TYPES) {
            for (PushMode mode : PushMode.values()) {
                SimulatedAccount inMode = account.in(mode);
                DeliveryAttempt attempt = join(pusher.push(pushes.create(PushOrder.of(type), inMode), inMode, target));
                answered &= attempt.accepted();
            }
        }
        join(pusher.close().map(true));
        return answered;
    }

    /** As in {@code weir dev}. */
    private boolean tapped(Vertx vertx, int port) {
        List<OfficialAccount> accounts = new ConfiguredAccounts(files)
                .all(Optional.empty()).stream()
                        .map(account -> account.pushedTo(URI.create(
                                "http://127.0.0.1:" + port + account.url().getRawPath())))
                        .toList();
        Simulator wechat = new Simulator(
                vertx, new SimulatorConfig("127.0.0.1", 0, Optional.empty(), accounts, true), new RealTime(vertx));
        join(wechat.start());
        Reaction reaction =
                join(wechat.people(accounts.get(0).name()).named("rehearsal").tap("V1001_SUNCK"));
        join(wechat.stop().map(true));
        return reaction.pushes().get(0).accepted();
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
