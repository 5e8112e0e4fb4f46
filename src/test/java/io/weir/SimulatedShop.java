package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated WeChat with the account {@code shop}, a folder, and configurations in it of gateways that use it. Lasts for one test
 * as an extension.
 */
public final class SimulatedShop implements AfterEachCallback {
    public static final String STABLE_TOKEN = "/cgi-bin/stable_token";
    public static final String CLASSIC_TOKEN = "/cgi-bin/token";

    private static final String NAME = "shop";
    private static final String APP_ID = "wx00000000000000a1";
    private static final String ORIGINAL_ID = "gh_000000000000";
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: {push} }
            admin: { host: 127.0.0.1, port: {admin}, token: "${WEIR_ADMIN_TOKEN}" }
            wechat: { baseUri: "{wechat}", timeout: 5s }
            accounts:
              shop:
                appId: wx00000000000000a1
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_TOKEN}"
                mode: plaintext
                tokenMode: stable
            """;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Simulator simulator;
    private final Path folder = temporaryFolder();

    public SimulatedShop() {
        SimulatedAccount pushes =
                new SimulatedAccount(NAME, APP_ID, Secrets.TOKEN, Optional.empty(), ORIGINAL_ID, PushMode.PLAINTEXT);
        OfficialAccount account = new OfficialAccount(
                Registration.of(NAME, APP_ID, Secrets.APP_SECRET, ORIGINAL_ID),
                pushes,
                URI.create("http://127.0.0.1:1/wx/shop"));
        this.simulator = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), false),
                new RealTime(vertx));
        join(simulator.start());
    }

    public Vertx vertx() {
        return vertx;
    }

    public Path folder() {
        return folder;
    }

    public Simulator wechat() {
        return simulator;
    }

    public PlatformAccount account() {
        return simulator.account(NAME);
    }

    public long calls(String path) {
        return simulator.calls().of(NAME, path);
    }

    /** Of a gateway that does not run. */
    public String configuration() {
        return configuration(freePort(), freePort());
    }

    public String configuration(int pushPort, int adminPort) {
        return CONFIGURATION
                .replace("{push}", Integer.toString(pushPort))
                .replace("{admin}", Integer.toString(adminPort))
                .replace("{wechat}", simulator.baseUri().toString());
    }

    /** Writes it where {@code --conf} finds it. */
    public String file(String configuration) {
        try {
            Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
            return Files.writeString(folder.resolve("weir.yaml"), configuration).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("weir-shop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        join(simulator.stop());
        join(vertx.close());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
