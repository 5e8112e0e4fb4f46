package io.weir.faults.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One gateway of the fleet: a process of {@code weir serve} that keeps its ports when it is started again. */
public final class Instance implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final String name;
    private final Path folder;
    private final int pushPort = Ports.free();
    private final int adminPort = Ports.free();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private Path jar;
    private @Nullable Child process;
    private int openFiles;

    /**
     * One that has not started.
     *
     * @param folder has its configuration, {@code NAME.yaml}, and gets its log, {@code NAME.log}
     * @param jar what it runs
     */
    Instance(String name, Path folder, Path jar) {
        this.name = name;
        this.folder = folder;
        this.jar = jar;
    }

    public String name() {
        return name;
    }

    public int pushPort() {
        return pushPort;
    }

    public int adminPort() {
        return adminPort;
    }

    /** Starts the process, which is not ready yet. */
    public void start() {
        process = Child.start(folder, log(), command());
    }

    /** The process that is started next runs the jar of this build. */
    public void upgrade() {
        replace(Weir.jar());
    }

    /** The process that is started next runs that jar. */
    public void replace(Path other) {
        jar = other;
    }

    /** The process that is started next gets no more open files and connections than so many. */
    public void limitOpenFiles(int most) {
        openFiles = most;
    }

    private List<String> command() {
        Path archive = jar.toAbsolutePath().resolveSibling("weir.jsa");
        List<String> command = new ArrayList<>();
        if (openFiles > 0) {
            command.addAll(List.of("/bin/sh", "-c", "ulimit -n " + openFiles + "; exec \"$@\"", "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Weir.flagsFile());
        if (Files.exists(archive)) {
            command.addAll(List.of("-Xlog:cds=off,cds+dynamic=off", "-XX:SharedArchiveFile=" + archive));
        }
        command.addAll(List.of("-jar", jar.toString(), "serve", "--conf", name + ".yaml"));
        return command;
    }

    /** Waits until {@code /ready} is green. */
    public void awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - end > 0 || !running().isAlive()) {
                throw new IllegalStateException("instance " + name + " is not ready; its last words:\n" + lastWords());
            }
            pause();
        }
    }

    /** Whether {@code /ready} is green. */
    public boolean isReady() {
        return answers("/ready", "ready");
    }

    /** Whether {@code /health} has nothing to complain of. */
    public boolean isWell() {
        return answers("/health", "\"status\" : \"ready\"") || answers("/health", "\"status\":\"ready\"");
    }

    /** What {@code /health} says; empty where it does not answer. */
    public String health() {
        return get("/health");
    }

    /** As {@code kill -9}. */
    public void kill() {
        running().close();
    }

    /** Stops it in its tracks: connections stay, nothing is answered. */
    public void freeze() {
        running().signal("STOP");
    }

    public void thaw() {
        running().signal("CONT");
    }

    /** SIGTERM, as an operator stops it. */
    public void terminate() {
        running().signal("TERM");
    }

    /** Waits for its end after SIGTERM; whether it came in time and in order. */
    public boolean hasEnded(Duration limit) {
        return running().ended(limit) && running().exitCode() == 0;
    }

    /** What it has of the machine; zeros where that is not told, as on macOS. */
    public Usage usage() {
        return new Usage(
                running().residentKilobytes() / 1_024,
                running().openFiles(),
                running().threads());
    }

    /** What a process has of the machine. */
    public record Usage(long megabytes, long files, long threads) {}

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The lines of its log, those of earlier processes included. */
    public List<String> logLines() {
        return process == null ? List.of() : process.log();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    private Child running() {
        if (process == null) {
            throw new IllegalStateException("instance " + name + " was not started");
        }
        return process;
    }

    private String lastWords() {
        List<String> lines = logLines();
        return lines.stream().skip(Math.max(0, lines.size() - 20)).collect(Collectors.joining("\n"));
    }

    private boolean answers(String path, String text) {
        return get(path).contains(text) && !get(path).contains("not ready");
    }

    private String get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + adminPort + path);
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(ANSWER).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException unanswered) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
