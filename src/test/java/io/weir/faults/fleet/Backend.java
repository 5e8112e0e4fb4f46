package io.weir.faults.fleet;

import io.weir.backend.NodeLibraries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A system that is there already and answers every text, a process that keeps its port when it is started again. Taps are answered by
 * the gateways themselves. Notes its runs in a ledger as the rig's handlers do.
 */
public final class Backend implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Path WXJAVA = Path.of("target/bench/wxjava/wxjava.jar");
    private static final String TOKEN = "rigBackendToken";

    private final NodeLibraries libraries = new NodeLibraries(Weir.home());
    private final int port = Ports.free();
    private final Kind kind;
    private final Duration timeout;
    private @Nullable Path folder;
    private @Nullable Child process;

    /** Libraries that other people wrote, as they are. */
    public enum Kind {
        /** npm's co-wechat, under Koa. */
        CO_WECHAT("co-wechat", "/wx"),
        /** WxJava's router, under Spring Boot. */
        WXJAVA("WxJava", "/wx/bench");

        private final String label;
        private final String path;

        Kind(String label, String path) {
            this.label = label;
            this.path = path;
        }

        /** The library. */
        public String label() {
            return label;
        }
    }

    /** @param timeout how long the gateways wait for an answer */
    public Backend(Kind kind, Duration timeout) {
        this.kind = kind;
        this.timeout = timeout;
    }

    /** Whom the gateways ask, for their configuration. */
    String configuration() {
        return "backends: { legacy: { url: \"http://127.0.0.1:" + port + kind.path + "\", format: wechat, token: "
                + TOKEN + ", timeout: " + timeout.toMillis() + "ms } }\n";
    }

    /** Starts it and waits until it listens. */
    void start(Path folder) throws IOException {
        if (kind == Kind.CO_WECHAT && !libraries.install()) {
            throw new IllegalStateException("Node.js, npm or the packages of src/test/backends are not installed");
        }
        if (kind == Kind.WXJAVA && !Files.exists(Weir.home().resolve(WXJAVA))) {
            throw new IllegalStateException("WxJava is not built: ./mvnw -f src/bench/wxjava/pom.xml package");
        }
        Files.writeString(folder.resolve("replies.yaml"), REPLIES);
        this.folder = folder;
        restart();
    }

    private static final String REPLIES = """
            text: { default: { backend: legacy, otherwise: { text: "answer to {content} by weir.otherwise" } } }
            CLICK: { default: { text: "answer to {eventKey} by weir.replies" } }
            """;

    /** As {@code kill -9}. */
    public void kill() {
        running().close();
    }

    /** Starts it again, and waits until it listens. */
    public void restart() {
        Path here = Objects.requireNonNull(folder, "started");
        process = Child.start(here, here.resolve("backend.log"), command(here.resolve("backend.runs")));
        long end = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (System.nanoTime() - end > 0 || !running().isAlive()) {
                throw new IllegalStateException("the backend does not listen:\n"
                        + String.join("\n", running().log()));
            }
            Thread.onSpinWait();
        }
    }

    private List<String> command(Path ledger) {
        return switch (kind) {
            case CO_WECHAT ->
                List.of(
                        "node",
                        libraries.script("faults.js").toString(),
                        Integer.toString(port),
                        TOKEN,
                        ledger.toString());
            case WXJAVA ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        Weir.home().resolve(WXJAVA).toString(),
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--bench.account.app-id=wx0000000000000000",
                        "--bench.account.token=" + TOKEN,
                        "--bench.ledger=" + ledger);
        };
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops it in its tracks: connections stay, nothing is answered. */
    public void freeze() {
        running().signal("STOP");
    }

    public void thaw() {
        running().signal("CONT");
    }

    private Child running() {
        if (process == null) {
            throw new IllegalStateException("the backend was not started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
