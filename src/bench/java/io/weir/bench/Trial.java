package io.weir.bench;

import io.weir.bench.Figures.Start;
import io.weir.bench.Figures.Window;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A server that runs and is measured. One thread at a time. */
final class Trial implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(1);
    private static final int SETTLED_WINDOWS = 3;
    private static final double CLEARLY_BETTER = 0.95;

    private final Contestant contestant;
    private final Plan plan;
    private final ServerProcess server;
    private final int port;
    private final PushMill mill;
    private final AnswerCheck check;
    private final Optional<RedisCpu> redis;
    private final CpuReading beforeStart;
    private double pushesPerSecond = 2_000;
    private boolean settled;
    private int faults;
    private Optional<String> fault = Optional.empty();

    private Trial(Contestant contestant, Plan plan, CpuReading beforeStart, ServerProcess server, int port) {
        this.contestant = contestant;
        this.plan = plan;
        this.server = server;
        this.port = port;
        this.mill = new PushMill(contestant.traffic(), port);
        this.check = contestant.checks().get();
        this.redis = contestant.redis().map(RedisCpu::new);
        this.beforeStart = beforeStart;
    }

    /** Starts the server on a free port; it need not listen yet. */
    static Trial start(Contestant contestant, Plan plan, Folders folders) throws IOException {
        int port = freePort();
        List<String> command = contestant.command().apply(port);
        CpuReading before = CpuReading.now(Optional.empty(), Optional.empty());
        ServerProcess server = ServerProcess.start(command, folders.log(contestant.name()));
        return new Trial(contestant, plan, before, server, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Contestant contestant() {
        return contestant;
    }

    /** Whether it was seen during the warm-up to get no faster any more. */
    boolean settled() {
        return settled;
    }

    /** Number of pushes so far that had no right answer. */
    int faults() {
        return faults;
    }

    /** What was wrong with the first of them. */
    Optional<String> fault() {
        return fault;
    }

    /** Waits for the first right answer. */
    Start firstAnswer() throws IOException, InterruptedException {
        long until = server.start() + START.toNanos();
        while (server.isAlive() && System.nanoTime() - until < 0) {
            try {
                long answered = answerOne(until);
                CpuReading.Use use =
                        CpuReading.now(Optional.of(server), Optional.empty()).since(beforeStart);
                return new Start((answered - server.start()) / 1e9, use.otherWork());
            } catch (ConnectException notYet) {
                Thread.sleep(2);
            }
        }
        throw failed("gave no answer", server.lastWords());
    }

    /** Sends one push; when its answer was there. */
    private long answerOne(long until) throws IOException, InterruptedException {
        Connection connection = Connection.open(port);
        try {
            Push push = mill.make(1).get(0);
            connection.send(0, push.request(), 0);
            byte[] answer = connection.receive();
            while (answer == null && System.nanoTime() - until < 0) {
                Thread.sleep(1);
                answer = connection.receive();
            }
            long now = System.nanoTime();
            Optional<String> wrong =
                    answer == null ? Optional.of("gave no answer") : check.problem(push, HttpAnswer.parse(answer));
            if (wrong.isPresent()) {
                throw failed(wrong.get(), server.lastWords());
            }
            return now;
        } finally {
            connection.close();
        }
    }

    /** Full load until the JVM has compiled what there is to compile. */
    void warmUp() throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Double> cpuMicros = new ArrayList<>();
        int pushes = 0;
        while (!settled && System.nanoTime() - start < plan.longestWarmUp().toNanos()) {
            Window window = underFullLoad(WARM_UP_WINDOW, plan.connections());
            cpuMicros.add(window.cpuMicros().process());
            pushes += window.pushes();
            settled = pushes >= plan.warmUpPushes() && hasSettled(cpuMicros);
        }
        atSteadyRate();
    }

    /** Whether none of the last windows was clearly better than the best before them. */
    static boolean hasSettled(List<Double> cpuMicros) {
        int earlier = cpuMicros.size() - SETTLED_WINDOWS;
        if (earlier < 1) {
            return false;
        }
        double before = Collections.min(cpuMicros.subList(0, earlier));
        double after = Collections.min(cpuMicros.subList(earlier, cpuMicros.size()));
        return after > before * CLEARLY_BETTER;
    }

    /** One round. */
    Figures round() throws IOException, InterruptedException {
        Window fullLoad = underFullLoad(plan.window(), plan.connections());
        double residentMegabytes = server.residentMegabytes();
        return new Figures(fullLoad, atSteadyRate(), residentMegabytes);
    }

    /** What its loops allocate per push under full load; from then on its JVM has more in memory than before. */
    Spread allocatedBytes() throws IOException, InterruptedException {
        try (Allocations allocations = Allocations.of(server.pid())) {
            long before = allocations.bytes();
            Window window = underFullLoad(plan.window(), plan.connections());
            return Spread.of(window.otherWork(), (double) (allocations.bytes() - before) / window.pushes());
        }
    }

    /** As many pushes as it takes. */
    Window underFullLoad(Duration time, int connections) throws IOException, InterruptedException {
        List<Push> pushes = mill.make(plan.enough(pushesPerSecond, time));
        Window window = measure(pushes, connections, load -> load.saturate(time));
        pushesPerSecond = Math.max(pushesPerSecond, window.pushesPerSecond());
        return window;
    }

    /** So many pushes under full load. */
    void handle(int pushes) throws IOException, InterruptedException {
        for (int left = pushes; left > 0; left -= Plan.MAX_PUSHES) {
            measure(
                    mill.make(Math.min(left, Plan.MAX_PUSHES)),
                    plan.connections(),
                    load -> load.saturate(plan.longestWarmUp()));
        }
    }

    private Window atSteadyRate() throws IOException, InterruptedException {
        return measure(mill.make(plan.paced()), plan.connections(), load -> load.pace(plan.rate()));
    }

    private Window measure(List<Push> pushes, int connections, Sending sending)
            throws IOException, InterruptedException {
        System.gc(); // so that no collection of this process falls into the window
        Exchanges exchanges;
        CpuReading.Use use;
        try (Load load = new Load(port, connections, pushes)) {
            CpuReading before = CpuReading.now(Optional.of(server), redis);
            exchanges = sending.run(load);
            use = CpuReading.now(Optional.of(server), redis).since(before);
        }
        Exchanges.Faults found = exchanges.check(check);
        faults += found.count();
        fault = fault.or(found::example);
        if (!server.isAlive() || exchanges.answered() == 0) {
            throw failed(found.example().orElse("answers no more"), server.lastWords());
        }
        return Window.of(exchanges, use);
    }

    private CommandException failed(String how, String lastWords) {
        return new CommandException(
                ExitCode.FAILED, contestant.title() + ": " + how + "\nIts last words:\n" + lastWords);
    }

    /** Ends the server in the orderly way. */
    void terminate() throws InterruptedException {
        server.terminate();
    }

    /** Ends the server at once. */
    @Override
    public void close() {
        server.close();
        redis.ifPresent(RedisCpu::close);
    }

    /** One window of load. */
    @FunctionalInterface
    private interface Sending {
        Exchanges run(Load load) throws IOException, InterruptedException;
    }
}
