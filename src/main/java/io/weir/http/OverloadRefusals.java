package io.weir.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts the connections and requests that a server turns away to stay within its limits. Any thread. */
public final class OverloadRefusals {
    private final Map<Policy, Counter> counters = new EnumMap<>(Policy.class);

    /** @param server which one, as a label */
    public OverloadRefusals(MeterRegistry metrics, String server) {
        for (Policy policy : Policy.values()) {
            counters.put(
                    policy,
                    Counter.builder("weir.overload.refusals")
                            .description("Connections and requests turned away to stay within the limits, by the limit")
                            .tag("server", server)
                            .tag("policy", policy.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
    }

    /** One that nobody reads. */
    public static OverloadRefusals uncounted() {
        return new OverloadRefusals(new CompositeMeterRegistry(), "none");
    }

    /** Counts one. */
    public void count(Policy policy) {
        Objects.requireNonNull(counters.get(policy)).increment();
    }

    /** Why it was turned away. */
    public enum Policy {
        /** There were too many connections. */
        CONNECTIONS,
        /** What clients had sent, and was not answered yet, took too much memory. */
        BYTES,
        /** Too many requests on one connection without waiting for their answers. */
        PIPELINING,
        /** The process could not open a file for another connection; accepting pauses, and nobody is turned away. */
        FILES,
        /** The client had gone when the process went on after it had stood still. */
        GONE
    }
}
