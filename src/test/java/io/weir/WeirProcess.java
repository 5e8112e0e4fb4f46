package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code java -jar weir.jar …} as a process of its own. Closing it makes sure that it has ended and told no secret. */
public final class WeirProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final Pattern SOCKET = Pattern.compile("^ *\\d+: \\w+:(?<port>\\w+)(?: +\\S+){7} +(?<inode>\\d+)");

    /**
     * A shell starts what runs in its background with SIGINT ignored, and so is all that this starts: a program then does
     * not hear Ctrl-C, by convention. Where env can undo that, it does.
     */
    private static final List<String> LISTENING_TO_CTRL_C =
            succeeds("env", "--default-signal=INT", "true") ? List.of("env", "--default-signal=INT") : List.of();

    private final Process process;
    private final Path out;
    private final Path err;

    private WeirProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param folder where it runs; a command's {@code conf} is looked for there
     */
    public static WeirProcess start(Path folder, String... arguments) {
        return start(folder, Map.of(), arguments);
    }

    public static WeirProcess start(Path folder, Map<String, String> environment, String... arguments) {
        return start(
                List.of(),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"),
                folder,
                environment,
                arguments);
    }

    /** Starts it with the flags of {@code scripts/run}. */
    public static WeirProcess startAsShipped(Path folder, Map<String, String> environment, String... arguments) {
        return start(List.of(), shippedFlags(), folder, environment, arguments);
    }

    /** The same, and it may have so many open files and connections at once. */
    public static WeirProcess startWithFiles(
            int most, Path folder, Map<String, String> environment, String... arguments) {
        List<String> shell = List.of("/bin/sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh");
        return start(shell, shippedFlags(), folder, environment, arguments);
    }

    private static List<String> shippedFlags() {
        return List.of("@" + Path.of("scripts/.jvm").toAbsolutePath());
    }

    private static WeirProcess start(
            List<String> by, List<String> flags, Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(LISTENING_TO_CTRL_C);
        command.addAll(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-jar");
        command.add(
                Objects.requireNonNull(System.getProperty("weir.jar"), "run through failsafe, which sets weir.jar"));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("weir", ".out");
            Path err = Files.createTempFile("weir", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
            builder.environment().putAll(environment);
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return new WeirProcess(started, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a text on stdout and gives its first group. */
    public String awaitOut(String pattern) {
        return await(pattern, this::out);
    }

    /** Waits for a text on stderr and gives its first group. */
    public String awaitErr(String pattern) {
        return await(pattern, this::err);
    }

    private String await(String pattern, Supplier<String> text) {
        Pattern wanted = Pattern.compile(pattern);
        awaitThat(pattern, () -> wanted.matcher(text.get()).find());
        Matcher found = wanted.matcher(text.get());
        assertThat(found.find()).isTrue();
        return found.groupCount() == 0 ? found.group() : found.group(1);
    }

    /** Looks again and again, as long as the process lives and for {@value #LIMIT_SECONDS} s at most. */
    public void awaitThat(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        boolean ended = false;
        while (!condition.getAsBoolean()) {
            if (ended || System.nanoTime() > end) {
                throw new AssertionError((ended ? "ended without: " : "too late: ") + what + "\n" + out() + err());
            }
            ended = waitFor(LOOK_AGAIN_MILLIS);
        }
    }

    /** Waits for the end of the process. */
    public int exitCode() {
        if (!waitFor(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS))) {
            throw new AssertionError("still running\n" + out() + err());
        }
        return process.exitValue();
    }

    /** The most memory that it had in use, in MiB; empty where {@code /proc} does not tell. */
    public OptionalLong peakMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The local ports of its TCP sockets, listening or connected; of Linux, where {@code /proc} tells. */
    public Set<Integer> tcpPorts() throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            for (Path each : descriptors.toList()) {
                own.add(target(each));
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(proc.resolve(table))) {
                Matcher socket = SOCKET.matcher(line);
                if (socket.find() && own.contains("socket:[" + socket.group("inode") + "]")) {
                    ports.add(Integer.parseInt(socket.group("port"), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }

    /** Sends {@code TERM}, {@code INT}, {@code STOP} or {@code CONT}. */
    public WeirProcess signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        if (name.equals("STOP")) {
            awaitThat("the stop of every thread", this::isStopped);
        }
        return this;
    }

    /** A thread that runs stops some time after the signal was sent. True where the system does not tell. */
    private boolean isStopped() {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(WeirProcess::isStopped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String state = Files.readString(thread.resolve("stat"));
            return state.startsWith("T", state.lastIndexOf(')') + 2);
        } catch (IOException hasEnded) {
            return true;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        waitFor(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        assertThat(out() + err()).doesNotContain(Secrets.ALL);
        assertThat(err()).doesNotContain(Secrets.OPEN_IDS);
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
