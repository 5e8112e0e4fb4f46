package io.weir.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as a process: starts it, waits for the signal that ends it, and stops it so that nothing is lost. A second
 * signal ends the process at once.
 */
public final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration START = Duration.ofSeconds(30);
    /** What a stop takes beside what the server itself waits for. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** For the log's queue to be written. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Duration notice;
    private final CompletableFuture<Vertx> making;

    /**
     * Begins to make the Vert.x, which goes on while the caller reads the configuration.
     *
     * @param notice how long a balancer has to see that the server is about to stop
     */
    public ServerProcess(Supplier<Vertx> vertx, Duration notice) {
        this.making = CompletableFuture.supplyAsync(vertx);
        this.notice = notice;
    }

    /** What a process runs. Each method is called once, in this order. */
    public interface Server {
        /** Opens its ports; the future fails when one cannot be had. */
        Future<?> start();

        /** All ports are open: tell the user. Blocking is allowed. */
        void ready();

        /** Finishes what runs. */
        Future<Void> stop(Duration notice);

        /** How long it waits at most for what runs. */
        default Duration drain() {
            return Duration.ZERO;
        }

        /** What it wants to listen on, and how to change that, for the message that a port is taken. */
        String ports();

        /**
         * The same with the reason of a failure to listen, which begins with its address: that one alone, where several are possible.
         *
         * @param failure {@code 127.0.0.1:8080: Address already in use}
         */
        default String ports(String failure) {
            int address = failure.lastIndexOf(": ");
            return ports() + (address < 0 ? ": " + failure : failure.substring(address));
        }
    }

    /** Runs until a signal; the exit code of the process. */
    public int run(Function<Vertx, Server> made) {
        CompletableFuture<String> signal = new CompletableFuture<>();
        Signals.onTerminate(name -> {
            if (!signal.complete(name)) {
                LOG.atWarn().addKeyValue("signal", name).log("second signal, ending at once");
                endAtTheLatestAfter(LAST_WORDS, exitCode(name));
                Runtime.getRuntime().exit(exitCode(name));
            }
        });
        Vertx vertx = making.join();
        Server server = made.apply(vertx);
        try {
            await(server.start(), START);
        } catch (CompletionException failure) {
            throw unavailable(server, failure.getCause());
        }
        server.ready();
        String name = signal.join();
        LOG.atInfo().addKeyValue("signal", name).log("stopping");
        Duration stop = notice.plus(server.drain()).plus(STOP);
        endAtTheLatestAfter(stop.plus(STOP), ExitCode.FAILED);
        await(server.stop(notice), stop);
        try {
            await(vertx.close(), CLOSE);
            LOG.info("stopped");
        } catch (CompletionException threadsThatHang) {
            LOG.atWarn().addKeyValue("error", threadsThatHang.getCause()).log("stopped, though a handler still hangs");
        }
        return exitCode(name);
    }

    /** Whatever goes wrong while it stops, the process does not stay. */
    private static void endAtTheLatestAfter(Duration limit, int exitCode) {
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(exitCode));
    }

    private static int exitCode(String signal) {
        return signal.equals("INT") ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private static void await(Future<?> future, Duration limit) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static String advice(String failure) {
        if (failure.contains("in use")) {
            return "; stop the program that has the port (ss -ltnp shows it), or choose another port";
        }
        return failure.contains("ermission denied") ? "; choose a port above 1023, with a balancer on the other" : "";
    }

    private static RuntimeException unavailable(Server server, @Nullable Throwable cause) {
        if (cause instanceof BindException || cause instanceof UnknownHostException) {
            String failure = String.valueOf(cause.getMessage());
            return new CommandException(
                    ExitCode.UNAVAILABLE, "cannot listen on " + server.ports(failure) + advice(failure));
        }
        if (cause instanceof TimeoutException) {
            return new CommandException(
                    ExitCode.UNAVAILABLE, "the server did not start within " + START.toSeconds() + " s");
        }
        return cause instanceof RuntimeException expected ? expected : new CompletionException(cause);
    }
}
