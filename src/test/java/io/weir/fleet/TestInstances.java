package io.weir.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.fleet.Heartbeat.Counts;
import java.time.Instant;
import java.util.function.Supplier;

/** Instances of a fleet that are no whole gateways. */
public final class TestInstances {
    private TestInstances() {}

    /** What such a one tells of itself. */
    public static Heartbeat heartbeat(String name, Supplier<String> state, MeterRegistry metrics) {
        Instant since = Instant.parse("2026-11-20T07:00:00Z");
        return new Heartbeat(name, "1.2.3", "0123456789ab", since, () -> "127.0.0.1:8081", state, new Counts(metrics));
    }
}
