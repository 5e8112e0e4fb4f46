package io.weir;

import io.vertx.core.Vertx;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Signals;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway as a process: starts it, waits for the signal that ends it, and stops it so that no push is lost. A second
 * signal ends the process at once.
 */
final class GatewayProcess {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Duration notice;
    private final CompletableFuture<Vertx> making = CompletableFuture.supplyAsync(Runtimes::vertx);

    /**
     * Begins to make the Vert.x, which goes on while the caller reads the configuration.
     *
     * @param notice how long a balancer has to see that {@code /ready} went red before the door shuts
     */
    GatewayProcess(Duration notice) {
        this.notice = notice;
    }

    /** Runs until a signal; {@code ready} is told when all ports are open. */
    int run(GatewayConfig config, ConfigFiles.Loaded loaded, Consumer<Gateway> ready) {
        CompletableFuture<String> signal = new CompletableFuture<>();
        Signals.onTerminate(name -> {
            if (!signal.complete(name)) {
                LOG.atWarn().addKeyValue("signal", name).log("second signal, ending at once");
                Runtime.getRuntime().halt(exitCode(name));
            }
        });
        Vertx vertx = making.join();
        Gateway gateway = new Gateway(vertx, config, loaded.replies(), loaded.own());
        try {
            await(gateway.start().toCompletionStage().toCompletableFuture(), START);
        } catch (CompletionException failure) {
            throw unavailable(config, failure.getCause());
        }
        ready.accept(gateway);
        String name = signal.join();
        LOG.atInfo().addKeyValue("signal", name).log("stopping");
        endAtTheLatestAfter(notice.plus(STOP).plus(STOP));
        await(gateway.stop(notice).toCompletionStage().toCompletableFuture(), notice.plus(STOP));
        try {
            await(vertx.close().toCompletionStage().toCompletableFuture(), CLOSE);
            LOG.info("stopped");
        } catch (CompletionException threadsThatHang) {
            LOG.atWarn().addKeyValue("error", threadsThatHang.getCause()).log("stopped, though a handler still hangs");
        }
        return exitCode(name);
    }

    /** Whatever goes wrong while it stops, the process does not stay. */
    private static void endAtTheLatestAfter(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(ExitCode.FAILED));
    }

    private static int exitCode(String signal) {
        return signal.equals("INT") ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private static void await(CompletableFuture<?> future, Duration limit) {
        future.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private static RuntimeException unavailable(GatewayConfig config, @Nullable Throwable cause) {
        if (cause instanceof BindException) {
            return new CommandException(
                    ExitCode.UNAVAILABLE,
                    "cannot listen on " + config.push().host() + ":"
                            + config.push().port() + " (push) or "
                            + config.admin().host() + ":" + config.admin().port() + " (admin): " + cause.getMessage()
                            + "; stop the program that has the port, or set push.port or admin.port");
        }
        if (cause instanceof TimeoutException) {
            return new CommandException(
                    ExitCode.UNAVAILABLE, "the gateway did not start within " + START.toSeconds() + " s");
        }
        return cause instanceof RuntimeException expected ? expected : new CompletionException(cause);
    }
}
