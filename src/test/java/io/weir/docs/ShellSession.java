package io.weir.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One bash in a folder, as a reader has it. Where the machine permits, it has a network of its own, in which every port is free. Closing it
 * ends what it has started.
 */
final class ShellSession implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> OWN_NETWORK =
            List.of("unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child");

    private final Path folder;
    private final Process bash;
    private final Writer in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private int commands;

    /** What a command said, both streams, and how it ended. */
    record Said(String text, int exitCode) {}

    ShellSession(Path folder, Map<String, String> environment) {
        this.folder = folder;
        List<String> command = new ArrayList<>(hasOwnNetwork() ? OWN_NETWORK : List.of());
        command.addAll(List.of("bash", "--noprofile", "--norc"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_") || name.startsWith("MVNW_"));
        builder.environment().putAll(environment);
        try {
            bash = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = bash.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "shell");
        reader.setDaemon(true);
        reader.start();
        run(hasOwnNetwork() ? "ip link set lo up; set -m" : "set -m");
    }

    private static boolean hasOwnNetwork() {
        return Own.NETWORK;
    }

    /** Asked once. */
    private static final class Own {
        static final boolean NETWORK = works();

        private static boolean works() {
            List<String> command = new ArrayList<>(OWN_NETWORK);
            command.addAll(List.of("ip", "link", "set", "lo", "up"));
            try {
                Process tried = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
            } catch (IOException none) {
                return false;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Types it and waits until it has ended. */
    Said run(String command) {
        String mark = "@@" + commands++ + " ";
        type("{ " + command + "\n} 2>&1 </dev/null; printf '\\n" + mark + "%s\\n' $?");
        StringBuilder said = new StringBuilder();
        long until = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            String line = take(until, command, said);
            if (line.startsWith(mark)) {
                return new Said(said.toString(), Integer.parseInt(line.substring(mark.length())));
            }
            said.append(line).append('\n');
        }
    }

    /** Starts what goes on until it is stopped; the file that takes what it says. */
    Path start(String command) {
        Path log = folder.resolve(".said-" + commands);
        run("{ " + command + "\n} > " + log.getFileName() + " 2>&1 < /dev/null & last=$!");
        return log;
    }

    /** Whether what was started last is still there, a tenth of a second later. */
    boolean lastRuns() {
        return run("sleep 0.1; kill -0 \"$last\"").exitCode() == 0;
    }

    /** Ctrl-C for what was started last; waits until it has ended. */
    void stopLast() {
        run("kill -INT -- -\"$last\"; wait \"$last\"; true");
    }

    private String take(long until, String command, StringBuilder said) {
        try {
            String line = out.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no end within " + LIMIT + ": " + command + "\n" + said);
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void type(String text) {
        try {
            in.write(text + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bash.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.add(line);
            }
        } catch (IOException ended) {
            out.add("the shell has ended: " + ended);
        }
    }

    static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = bash.descendants().toList();
        bash.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
