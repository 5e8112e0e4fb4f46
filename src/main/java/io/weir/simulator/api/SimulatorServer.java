package io.weir.simulator.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import io.weir.http.ConnectionWatch;
import io.weir.http.OverloadRefusals;
import io.weir.http.ServerShell;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serves the simulated WeChat's port with whatever is mounted on its router; every wait has a limit. */
public final class SimulatorServer extends VerticleBase {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** An answer may take longer than the minute after which a call that hangs is closed. */
    private static final ConnectionWatch.Limits LIMITS = new ConnectionWatch.Limits(
            Duration.ofSeconds(90),
            Duration.ofSeconds(75),
            Duration.ofSeconds(90),
            2_000,
            Runtime.getRuntime().maxMemory() / 2);

    private final String host;
    private final int port;
    private final Router router;
    private final AtomicInteger actualPort;
    private @Nullable ServerShell server;

    /** @param actualPort is told the port that it listens on */
    public SimulatorServer(String host, int port, Router router, AtomicInteger actualPort) {
        this.host = host;
        this.port = port;
        this.router = router;
        this.actualPort = actualPort;
    }

    @Override
    public Future<?> start() {
        ServerShell made = ServerShell.of(vertx, host, port, LIMITS, OverloadRefusals.uncounted());
        server = made;
        return made.listen(router).onSuccess(actualPort::set);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.stop(DRAIN);
    }
}
