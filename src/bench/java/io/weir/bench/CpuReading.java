package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CPU time used until a moment, in microseconds. Threads are told apart and other work is seen on Linux only; elsewhere all
 * of a server's time counts as that of its loops, and {@link Use#otherWork()} is not a number.
 *
 * @param threads of the server, by their ids
 * @param server its process, with the threads that have ended
 * @param load this process
 * @param redis the process of the server's Redis, on this machine
 * @param machine all that is not idle; not a number where the system does not tell
 * @param nanos when, in {@link System#nanoTime()}
 */
record CpuReading(
        Map<String, ThreadTime> threads, double server, double load, double redis, double machine, long nanos) {
    /** The unit of the kernel's times, on every Linux that Java runs on. */
    private static final double TICK_MICROS = 10_000;

    private static final Path PROC = Path.of("/proc");

    /** Of this moment. A server that has not been started yet has used nothing. */
    static CpuReading now(Optional<ServerProcess> server, Optional<RedisCpu> redis) {
        try {
            Path threads = PROC.resolve(server.map(ServerProcess::pid).orElse(0L) + "/task");
            return new CpuReading(
                    Files.isDirectory(threads) ? threadTimes(threads) : Map.of(),
                    server.map(ServerProcess::cpuMicros).orElse(0.0),
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e3,
                    redis.map(RedisCpu::micros).orElse(0.0),
                    machineMicros(),
                    System.nanoTime());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, ThreadTime> threadTimes(Path folder) throws IOException {
        Map<String, ThreadTime> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(folder)) {
            for (Path task : tasks.toList()) {
                try {
                    threads.put(
                            task.getFileName().toString(), ThreadTime.parse(Files.readString(task.resolve("stat"))));
                } catch (IOException ended) {
                    // Its time is in that of the process.
                }
            }
        }
        return threads;
    }

    /** The fields of the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static double machineMicros() throws IOException {
        Path stat = PROC.resolve("stat");
        if (!Files.exists(stat)) {
            return Double.NaN;
        }
        String[] fields = Files.readAllLines(stat).get(0).split(" +", -1);
        return Stream.of(1, 2, 3, 6, 7, 8)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                * TICK_MICROS;
    }

    /** What was used from {@code before} to this moment. */
    Use since(CpuReading before) {
        Map<Kind, Double> used = new HashMap<>();
        threads.forEach((id, thread) -> {
            ThreadTime earlier = before.threads.getOrDefault(id, new ThreadTime(thread.kind, 0));
            used.merge(thread.kind, thread.micros - earlier.micros, Double::sum);
        });
        double process = server - before.server;
        double loops = threads.isEmpty() ? process : used.getOrDefault(Kind.LOOP, 0.0);
        double gc = used.getOrDefault(Kind.GC, 0.0);
        double jit = used.getOrDefault(Kind.JIT, 0.0);
        double ofRedis = redis - before.redis;
        double others = machine - before.machine - process - (load - before.load) - ofRedis;
        return new Use(
                new CpuMicros(loops, gc, jit, Math.max(0, process - loops - gc - jit), ofRedis),
                Math.max(0, others / ((nanos - before.nanos) / 1e3)));
    }

    /**
     * What a window used.
     *
     * @param otherWork cores used by what is neither the server nor its load nor its Redis
     */
    record Use(CpuMicros micros, double otherWork) {}

    /** CPU time of a thread so far. */
    record ThreadTime(Kind kind, double micros) {
        /** Of a line of /proc/PID/task/TID/stat: the name in parentheses, utime and stime as the 12th and 13th after it. */
        static ThreadTime parse(String line) {
            int end = line.lastIndexOf(')');
            String[] fields = line.substring(end + 2).split(" ", -1);
            return new ThreadTime(
                    Kind.of(line.substring(line.indexOf('(') + 1, end)),
                    (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS);
        }
    }

    /** What a thread does, told by the beginning of its name: Linux keeps 15 characters, newer JDKs drop the middle of a name. */
    enum Kind {
        LOOP("vert\\.x-(e|\\.\\.)|http-nio"),
        GC("VM Thread|GC Thread|G1 "),
        JIT("C[12] Comp|Sweeper"),
        OTHER("");

        private final Pattern beginning;

        Kind(String beginning) {
            this.beginning = Pattern.compile(beginning);
        }

        static Kind of(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.beginning.matcher(name).lookingAt())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
