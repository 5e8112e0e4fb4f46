package io.weir.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Redis in a process of its own, on a free port of 127.0.0.1, empty and without a disk. It ends with the test, and
 * on Linux also when the JVM is killed: there it dies with the thread that started it, so that must outlive it.
 */
public final class RedisServer implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;
    private static final int ANSWER_MILLIS = 2_000;
    private static final Path BINARY = binary();
    private static final List<String> DIES_WITH_ITS_PARENT = Files.isExecutable(Path.of("/usr/bin/setpriv"))
            ? List.of("/usr/bin/setpriv", "--pdeathsig", "KILL")
            : List.of();

    private final Path binary;
    private final int port;
    private final List<String> arguments;
    private Process process;

    private RedisServer(Path binary, int port, List<String> arguments) {
        this.binary = binary;
        this.port = port;
        this.arguments = arguments;
        this.process = launch();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param options further ones of redis-server, as in {@code "--requirepass", "secret"}
     */
    public static RedisServer start(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
        arguments.addAll(List.of("--repl-diskless-sync-delay", "0", "--repl-diskless-load", "on-empty-db"));
        arguments.addAll(List.of(options));
        return new RedisServer(BINARY, freePort(), arguments);
    }

    /** Another program that speaks Redis's protocol and takes its options. */
    public static RedisServer startBinary(Path binary) {
        return new RedisServer(binary, freePort(), List.of("--save", "", "--appendonly", "no"));
    }

    /** A program of this machine. */
    public static Optional<Path> installed(String name) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A node of a Redis Cluster without any slots, alone yet. */
    public static RedisServer clusterNode() {
        try {
            Path nodes = Files.createTempFile(fastFolder(), "weir-cluster", ".conf");
            Files.delete(nodes);
            nodes.toFile().deleteOnExit();
            return start(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-config-file",
                    nodes.toString(),
                    "--cluster-port",
                    String.valueOf(freePort()),
                    "--cluster-node-timeout",
                    "1000",
                    "--cluster-require-full-coverage",
                    "no");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with these slots. */
    public static RedisServer clusterNode(int firstSlot, int lastSlot) {
        RedisServer node = clusterNode();
        node.command("CLUSTER", "ADDSLOTSRANGE", String.valueOf(firstSlot), String.valueOf(lastSlot));
        return node;
    }

    /** Joins the cluster of another node. */
    void meet(RedisServer other) {
        command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(other.port), other.option("--cluster-port"));
    }

    /** Its name in the cluster. */
    String id() {
        return command("CLUSTER", "MYID").lines().skip(1).findFirst().orElseThrow();
    }

    private String option(String name) {
        return arguments.get(arguments.indexOf(name) + 1);
    }

    /** One that follows a master. */
    public static RedisServer replicaOf(RedisServer master) {
        RedisServer replica = start("--replicaof", "127.0.0.1", String.valueOf(master.port));
        replica.await("master_link_status:up", "INFO", "replication");
        return replica;
    }

    /** One that watches a master and alone decides when it is down. */
    public static RedisServer sentinelOf(String name, RedisServer master, int downAfterMillis) {
        int port = freePort();
        String monitored = "sentinel %s " + name + " %s%n";
        StringBuilder config = new StringBuilder("sentinel monitor %s 127.0.0.1 %d 1%n".formatted(name, master.port));
        config.append(monitored.formatted("down-after-milliseconds", downAfterMillis));
        config.append(monitored.formatted("failover-timeout", "5000"));
        try {
            Path file = Files.createTempFile(fastFolder(), "weir-sentinel", ".conf");
            file.toFile().deleteOnExit();
            Files.writeString(file, config);
            RedisServer sentinel = new RedisServer(BINARY, port, List.of(file.toString(), "--sentinel"));
            sentinel.await("num-slaves", "SENTINEL", "master", name);
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Settings of one server without a password. */
    public RedisConfig config() {
        return RedisConfig.server(uri());
    }

    /** Stops it in its tracks: connections stay, nothing is answered. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("redis-server does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty, on the same port. */
    public void restart() {
        kill();
        process = launch();
    }

    /** Sends one command and gives the answer as it comes over the wire. */
    public String command(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(encoded(words));
            byte[] answer = new byte[65_536];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what {@code conf/redis/weir.acl} allows. */
    public void addUserWithTheShippedRights(String name, String password) {
        try {
            String[] rights = Stream.concat(
                            Stream.of("ACL", "SETUSER", name, "on", ">" + password),
                            Files.readAllLines(Path.of("conf/redis/weir.acl")).stream()
                                    .map(line -> line.replaceFirst("#.*", "").strip())
                                    .filter(line -> !line.isEmpty())
                                    .flatMap(line -> Stream.of(line.split(" ", -1))))
                    .toArray(String[]::new);
            await("+OK", rights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the answer of a command contains a text. */
    public void await(String expected, String... words) {
        await(answer -> answer.contains(expected), words);
    }

    @Override
    public void close() {
        kill();
    }

    private void await(Predicate<String> expected, String... words) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String last = "";
        while (System.nanoTime() - end < 0) {
            try {
                last = command(words);
                if (expected.test(last)) {
                    return;
                }
            } catch (UncheckedIOException e) {
                last = e.toString();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("redis-server on port " + port + " last answered " + last);
    }

    private Process launch() {
        List<String> command = new ArrayList<>(DIES_WITH_ITS_PARENT);
        command.add(binary.toString());
        command.addAll(arguments);
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--daemonize", "no"));
        try {
            Process started = new ProcessBuilder(command)
                    .directory(fastFolder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            await(answer -> !answer.isEmpty(), "PING");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] encoded(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$').append(word.getBytes(StandardCharsets.UTF_8).length);
            request.append("\r\n").append(word).append("\r\n");
        }
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sentinels write their state; where the disk is slow they fall into TILT. */
    private static Path fastFolder() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Where {@code redis-server} lies while the tests run. */
    public static Path program() {
        return BINARY;
    }

    private static Path binary() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String name = "/redis-server-7.0.15-" + os + "-" + arch;
        try (InputStream packed = Objects.requireNonNull(RedisServer.class.getResourceAsStream(name), name)) {
            Path file = Files.createTempFile("weir-redis-server", "");
            file.toFile().deleteOnExit();
            Files.write(file, packed.readAllBytes());
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make " + file + " executable");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
