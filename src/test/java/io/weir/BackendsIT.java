package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.weir.backend.NodeLibraries;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.crypto.AesKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backends as processes of their own: the examples, and systems for WeChat that nobody here wrote, which must not notice that it is
 * Weir that asks. What is not installed is left out.
 */
class BackendsIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TOKEN = "legacyBackendToken";
    private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final String APP_ID = "wx0a1b2c3d4e5f6071";
    private static final long LIMIT_SECONDS = 60;
    private static final Path EXAMPLES = Path.of("src/examples/backends").toAbsolutePath();
    private static final NodeLibraries LIBRARIES = new NodeLibraries(Path.of(""));
    private static final Path WXJAVA = Path.of("target/bench/wxjava/wxjava.jar").toAbsolutePath();

    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0 }
            accounts:
              main:
                appId: %s
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_SAFE_TOKEN}"
                encodingAesKey: "${WEIR_AES_KEY}"
            backends:
              shop: { url: "http://127.0.0.1:%d%s", %s }
            """;

    private static final String REPLIES = """
            "*": { default: { backend: shop, otherwise: { text: otherwise } } }
            """;

    private final Vertx vertx = Runtimes.vertx();
    private final ConfigFiles files = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC());
    private final List<AutoCloseable> started = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
        WeChat.await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"python3, backend.py", "node, backend.js", "php, backend.php", "go run, backend.go"})
    void answersByTheExampleIn(String runtime, String example) {
        String[] command = runtime.split(" ", -1);
        assumeTrue(NodeLibraries.isOnThePath(command[0]), command[0] + " is not installed");
        int port = freePort();
        List<String> all = new ArrayList<>(List.of(command));
        if (runtime.equals("php")) {
            all.addAll(List.of("-S", "127.0.0.1:" + port));
        }
        all.add(EXAMPLES.resolve(example).toString());

        start(all, port, Map.of("SHOP_SECRET", SECRET));
        WeChat wechat = gateway(port, "/", "secret: [whsec_" + "A".repeat(44) + ", " + SECRET + "]");

        assertThat(wechat.click("K{eventKey}")).isEqualTo("You tapped K{eventKey}");
        assertThat(text(wechat, "你好")).isEqualTo("You said 你好");
        assertThat(seen(wechat, "subscribe")).isEmpty();
        assertThat(seen(wechat, "VIEW")).isEmpty();
    }

    @Test
    void answersOtherwiseToAnExampleThatDoesNotKnowTheSecret() {
        assumeTrue(NodeLibraries.isOnThePath("python3"), "python3 is not installed");
        int port = freePort();
        start(List.of("python3", EXAMPLES.resolve("backend.py").toString()), port, Map.of("SHOP_SECRET", SECRET));

        WeChat wechat = gateway(port, "/", "secret: whsec_" + "A".repeat(44));

        assertThat(wechat.click("K")).isEqualTo("otherwise");
    }

    static Stream<Arguments> libraries() {
        return Stream.of("wechat", "co-wechat")
                .flatMap(library -> Stream.of(false, true).map(safe -> Arguments.of(library, safe)));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void answersByALibraryOfNode(String library, boolean safe) {
        assumeTrue(LIBRARIES.install(), "node, npm or the packages in src/test/backends are not installed");
        int port = freePort();

        start(List.of("node", LIBRARIES.script(library + ".js").toString()), port, environment(safe));
        WeChat wechat = gateway(port, "/wx?from=weir", legacy(safe));

        assertThat(wechat.click("K & co")).isEqualTo(library + ": K & co");
        assertThat(text(wechat, "你好")).isEqualTo(library + ": 你好");
        assertThat(wechat.click("news")).contains("news");
        assertThat(wechat.click("nothing")).isEmpty();
        assertThat(seen(wechat, "unsubscribe")).isEmpty();
    }

    /** The simulated WeChat must not refuse a server that WeChat serves: these send their CreateTime in milliseconds. */
    @ParameterizedTest
    @MethodSource("libraries")
    void theSimulatedWeChatVerifiesALibraryOfNodeAndTakesItsAnswers(String library, boolean safe) {
        assumeTrue(LIBRARIES.install(), "node, npm or the packages in src/test/backends are not installed");
        int port = freePort();
        start(List.of("node", LIBRARIES.script(library + ".js").toString()), port, environment(safe));
        URI url = URI.create("http://127.0.0.1:" + port + "/wx");
        SimulatedAccount account = new SimulatedAccount(
                "dev",
                APP_ID,
                TOKEN,
                Optional.of(AesKey.parse(AES_KEY)),
                "gh_000000000000",
                safe ? PushMode.SAFE : PushMode.PLAINTEXT);
        WeChat wechat = new WeChat(account, url);
        started.add(wechat);

        assertThat(WeChat.await(new Pusher(wechat.vertx()).verify(account, url)).lines())
                .singleElement()
                .asString()
                .startsWith("URL verification passed");
        assertThat(wechat.click("K & co")).isEqualTo(library + ": K & co");
        assertThat(text(wechat, "你好")).isEqualTo(library + ": 你好");
        assertThat(wechat.click("nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void answersByTheRouterOfWxJava(boolean safe) {
        assumeTrue(Files.exists(WXJAVA), "src/bench/wxjava is not built");
        int port = freePort();

        start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        WXJAVA.toString(),
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--bench.account.app-id=" + APP_ID,
                        "--bench.account.token=" + TOKEN,
                        "--bench.account.aes-key=" + AES_KEY,
                        "--bench.answers.by-key.K=from WxJava"),
                port,
                Map.of());
        WeChat wechat = gateway(port, "/wx/bench", legacy(safe));

        assertThat(wechat.click("K")).isEqualTo("from WxJava");
        assertThat(wechat.click("no such key")).isEmpty();
    }

    private static Map<String, String> environment(boolean safe) {
        Map<String, String> environment = new HashMap<>(Map.of("TOKEN", TOKEN, "APP_ID", APP_ID));
        if (safe) {
            environment.put("AES_KEY", AES_KEY);
        }
        return environment;
    }

    private static String legacy(boolean safe) {
        return "format: wechat, timeout: 10s, token: " + TOKEN + (safe ? ", encodingAesKey: " + AES_KEY : "");
    }

    private WeChat gateway(int port, String path, String backend) {
        try {
            Path configuration = Files.writeString(
                    folder.resolve("weir.yaml"), CONFIGURATION.formatted(APP_ID, port, path, backend));
            Files.writeString(folder.resolve("replies.yaml"), REPLIES);
            ConfigFiles.Loaded loaded = files.load(Optional.of(configuration));
            Gateway gateway =
                    WeChat.await(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own()).start());
            WeChat wechat = new WeChat(
                    new ConfiguredAccounts(files).find(Optional.of(configuration), Optional.empty()),
                    URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/main"));
            started.add(wechat);
            return wechat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(WeChat wechat, String content) {
        return WeChat.seen(WeChat.await(wechat.push(PushOrder.of("text").withField("Content", content))));
    }

    private static String seen(WeChat wechat, String type) {
        return WeChat.seen(WeChat.await(wechat.push(PushOrder.of(type))));
    }

    /** Starts a process and waits for its port. */
    private void start(List<String> command, int port, Map<String, String> environment) {
        try {
            Path log = folder.resolve("backend.log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("GOCACHE", folder.resolve("go").toString());
            Process process = builder.start();
            started.add(() -> end(process));
            awaitPort(port, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitPort(int port, Process process, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!isOpen(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the backend does not listen: " + Files.readString(log));
            }
            waitFor(process, 50);
        }
    }

    /** With what it has started: {@code go run} starts the program. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        waitFor(process, TimeUnit.SECONDS.toMillis(10));
    }

    private static boolean waitFor(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
