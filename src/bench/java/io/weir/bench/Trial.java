package io.weir.bench;

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
    private double pushesPerSecond = 2_000;
    private boolean settled;
    private int faults;
    private Optional<String> fault = Optional.empty();

    private Trial(Contestant contestant, Plan plan, ServerProcess server, int port) {
        this.contestant = contestant;
        this.plan = plan;
        this.server = server;
        this.port = port;
        this.mill = new PushMill(contestant.encrypted(), port);
        this.check = contestant.checks().get();
    }

    /** Starts the server on a free port; it need not listen yet. */
    static Trial start(Contestant contestant, Plan plan, Folders folders) throws IOException {
        int port = freePort();
        ServerProcess server = ServerProcess.start(contestant.command().apply(port), folders.log(contestant.name()));
        return new Trial(contestant, plan, server, port);
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

    /** Waits for the first right answer; how many seconds it came after the start of the process. */
    double firstAnswer() throws IOException, InterruptedException {
        long until = server.start() + START.toNanos();
        while (server.isAlive() && System.nanoTime() - until < 0) {
            try {
                long answered = answerOne(until);
                return (answered - server.start()) / 1e9;
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
            Measured window = underFullLoad(WARM_UP_WINDOW);
            cpuMicros.add(window.cpuMicrosPerPush());
            pushes += window.exchanges().answered();
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
        Measured full = underFullLoad(plan.window());
        Measured paced = atSteadyRate();
        double[] millis = paced.exchanges().sortedMillis();
        return new Figures(
                full.cpuMicrosPerPush(),
                full.exchanges().answered() / full.exchanges().seconds(),
                Spread.percentile(millis, 50),
                Spread.percentile(millis, 99),
                Spread.percentile(millis, 100),
                paced.cpuMicrosPerPush(),
                server.residentMegabytes());
    }

    private Measured underFullLoad(Duration time) throws IOException, InterruptedException {
        Measured measured = measure(mill.make(plan.enough(pushesPerSecond, time)), load -> load.saturate(time));
        pushesPerSecond = measured.exchanges().answered() / measured.exchanges().seconds();
        return measured;
    }

    private Measured atSteadyRate() throws IOException, InterruptedException {
        return measure(mill.make(plan.paced()), load -> load.pace(plan.rate()));
    }

    private Measured measure(List<Push> pushes, Window window) throws IOException, InterruptedException {
        System.gc(); // so that no collection of this process falls into the window
        Exchanges exchanges;
        double cpu;
        try (Load load = new Load(port, plan.connections(), pushes)) {
            double before = server.cpuMicros();
            exchanges = window.run(load);
            cpu = server.cpuMicros() - before;
        }
        Exchanges.Faults found = exchanges.check(check);
        faults += found.count();
        fault = fault.or(found::example);
        if (!server.isAlive() || exchanges.answered() == 0) {
            throw failed(found.example().orElse("answers no more"), server.lastWords());
        }
        return new Measured(exchanges, cpu / exchanges.answered());
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
    }

    private record Measured(Exchanges exchanges, double cpuMicrosPerPush) {}

    /** One window of load. */
    @FunctionalInterface
    private interface Window {
        Exchanges run(Load load) throws IOException, InterruptedException;
    }
}
