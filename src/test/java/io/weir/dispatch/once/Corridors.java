package io.weir.dispatch.once;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.weir.dispatch.Corridor;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.Outcomes;
import java.time.Clock;
import java.util.Map;

/** Corridors as a gateway without Redis has them. */
public final class Corridors {
    private Corridors() {}

    /** A corridor of its own, with a memory of its own. Made on an event loop. */
    public static Corridor round(Vertx vertx, Dispatcher inner, MeterRegistry metrics, Clock clock) {
        OnceLimits limits = OnceLimits.DEFAULT;
        Runs runs = new Runs(vertx, new MemoryPushStore(limits, System::nanoTime), "instance", limits);
        Lapses lapses = new Lapses(Map.of(), new MemoryAllowances(System::nanoTime));
        OnceCorridor.Rules rules =
                new OnceCorridor.Rules(limits, lapses, (push, reply, age) -> {}, new Outcomes(metrics), clock);
        return new OnceCorridor(vertx, inner, runs, rules);
    }
}
