package io.weir.faults.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real HAProxy with the configuration that is shipped, {@code conf/haproxy.cfg}; only addresses are filled in. */
public final class Balancer implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"), Path.of("/usr/bin/haproxy"));
    private static final Duration START = Duration.ofSeconds(10);

    /** Which instance gets a push. */
    public enum Balancing {
        /** As in the file: a user's pushes go to one. */
        AFFINITY,
        /** Each attempt goes to the next, as with a balancer that knows nothing of WeChat. */
        ROUND_ROBIN
    }

    private final Child process;
    private final int port;

    private Balancer(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether there is an HAProxy on this machine. */
    public static boolean isInstalled() {
        return binary().isPresent();
    }

    private static Optional<Path> binary() {
        Stream<Path> onThePath = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "haproxy"));
        return Stream.concat(onThePath, PLACES.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one before these instances, three as in the file, and waits until it listens. */
    static Balancer start(Path folder, List<Instance> instances, Balancing balancing) throws IOException {
        int port = Ports.free();
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), filledIn(port, instances, balancing));
        String binary = binary().orElseThrow(() -> new IllegalStateException("HAProxy is not installed"))
                .toString();
        Child process =
                Child.start(folder, folder.resolve("haproxy.log"), List.of(binary, "-db", "-f", file.toString()));
        Balancer balancer = new Balancer(process, port);
        balancer.awaitListening();
        return balancer;
    }

    private static String filledIn(int port, List<Instance> instances, Balancing balancing) throws IOException {
        String text = Files.readString(Weir.home().resolve("conf/haproxy.cfg"));
        String filled = replaced(text, "bind :80\n", "bind 127.0.0.1:" + port + "\n");
        for (int i = 0; i < instances.size(); i++) {
            Instance instance = instances.get(i);
            filled = replaced(
                    filled,
                    "10.0.0.1" + (i + 1) + ":8080 check port 8081",
                    "127.0.0.1:" + instance.pushPort() + " check port " + instance.adminPort());
        }
        return balancing == Balancing.AFFINITY
                ? filled
                : replaced(filled, "balance url_param openid\n    hash-type consistent\n", "balance roundrobin\n");
    }

    private static String replaced(String text, String shipped, String own) {
        if (!text.contains(shipped)) {
            throw new IllegalStateException("conf/haproxy.cfg: expected '" + shipped.strip() + "' in it");
        }
        return text.replace(shipped, own);
    }

    private void awaitListening() {
        long end = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                throw new IllegalStateException("HAProxy does not listen:\n" + String.join("\n", process.log()));
            }
            Thread.onSpinWait();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where pushes go. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
