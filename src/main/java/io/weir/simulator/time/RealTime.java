package io.weir.simulator.time;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/** The machine's time. Actions run on the event loop from which they were asked for. */
public final class RealTime implements SimulatedTime {
    private final Vertx vertx;

    public RealTime(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
