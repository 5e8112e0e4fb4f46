package io.weir.command;

import io.vertx.core.Future;
import io.weir.cli.ServerProcess;
import io.weir.simulator.Simulator;
import java.time.Duration;

/** A simulated WeChat and the gateway that it pushes to, in one process: WeChat is there first and leaves last. */
record DevServer(Simulator simulator, GatewayServer gateway) implements ServerProcess.Server {
    @Override
    public Future<?> start() {
        return simulator.start().compose(pushing -> gateway.start());
    }

    @Override
    public void ready() {
        gateway.ready();
    }

    @Override
    public Future<Void> stop(Duration notice) {
        return gateway.stop(notice).eventually(simulator::stop);
    }

    @Override
    public Duration drain() {
        return gateway.drain();
    }

    @Override
    public String ports() {
        return gateway.ports() + " or " + simulator.address() + " (simulated WeChat)";
    }
}
