package io.weir.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server as a child process. However the benchmark ends, Ctrl-C included, no server outlives it. */
final class ServerProcess implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Duration END = Duration.ofSeconds(10);
    private static final int SHOWN_LOG_CHARACTERS = 2_000;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;
    private final long start;

    private ServerProcess(Process process, Path log, long start) {
        this.process = process;
        this.log = log;
        this.start = start;
    }

    /** @param log what it writes goes there */
    static ServerProcess start(List<String> command, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        RUNNING.add(process);
        return new ServerProcess(process, log, start);
    }

    /** When it was started, in {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time of the process since its start, in microseconds; on Linux utime + stime of /proc/PID/stat. */
    double cpuMicros() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }

    /** Resident memory in megabytes (VmRSS). */
    double residentMegabytes() throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        String kilobytes = Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\\D", "")
                : ps();
        return Long.parseLong(kilobytes) / 1024.0;
    }

    private String ps() throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
        String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ps.waitFor();
        return kilobytes;
    }

    /** The end of what it wrote, for a person. */
    String lastWords() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - SHOWN_LOG_CHARACTERS));
        } catch (IOException unreadable) {
            return "(" + unreadable + ")";
        }
    }

    /** Ends it as an operator would, so that it can write what it writes at its end. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        RUNNING.remove(process);
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, END.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        RUNNING.remove(process);
    }
}
