package io.weir.command;

import io.vertx.core.Future;
import io.weir.Gateway;
import io.weir.GatewayConfig;
import io.weir.cli.ServerProcess;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A gateway as what a process runs.
 *
 * @param whenReady is told when all ports are open
 */
record GatewayServer(Gateway gateway, GatewayConfig config, Consumer<Gateway> whenReady)
        implements ServerProcess.Server {
    @Override
    public Future<?> start() {
        return gateway.start();
    }

    @Override
    public void ready() {
        whenReady.accept(gateway);
    }

    @Override
    public Future<Void> stop(Duration notice) {
        return gateway.stop(notice);
    }

    @Override
    public Duration drain() {
        return config.push().drain();
    }

    @Override
    public String ports() {
        return config.push().host() + ":" + config.push().port() + " (push.port) or "
                + config.admin().host() + ":" + config.admin().port() + " (admin.port)";
    }
}
