package io.weir;

import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real HAProxy with {@code conf/haproxy.cfg} before one gateway, which stands for all three of the file. */
final class ShippedBalancer implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final Process process;
    private final int port;

    private ShippedBalancer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return binary().isPresent();
    }

    /** Starts one and waits until a push gets through. */
    static ShippedBalancer start(Path folder, int pushPort, int adminPort) throws IOException {
        int port = freePort();
        String filled = Files.readString(Path.of("conf/haproxy.cfg"))
                .replace("bind :80\n", "bind 127.0.0.1:" + port + "\n")
                .replaceAll(
                        "10\\.0\\.0\\.1\\d:8080 check port 8081", "127.0.0.1:" + pushPort + " check port " + adminPort);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), filled);
        Process process = new ProcessBuilder(binary().orElseThrow().toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        ShippedBalancer balancer = new ShippedBalancer(process, port);
        balancer.awaitAnswer();
        return balancer;
    }

    int port() {
        return port;
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String seen = "";
        while (!seen.contains(" 404 ")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("HAProxy does not get through to the gateway: " + seen);
            }
            try (RawHttp http = new RawHttp(port)) {
                seen = http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").response();
            } catch (IOException notYet) {
                seen = notYet.toString();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> binary() {
        return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
