package io.weir.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.metrics.RecentCount;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of a server, and those and the requests that it turns away to stay within its limits. One for all event
 * loops of the server. Any thread.
 */
public final class OverloadRefusals {
    private final Map<Policy, Counter> counters = new EnumMap<>(Policy.class);
    private final RecentCount unconnected = new RecentCount(System::nanoTime);
    private final AtomicInteger connections = new AtomicInteger();

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
        Gauge.builder("weir.connections", connections, AtomicInteger::get)
                .description("Open connections, by the port that they came to")
                .tag("port", server)
                .register(metrics);
    }

    /** One that nobody reads. */
    public static OverloadRefusals uncounted() {
        return new OverloadRefusals(new CompositeMeterRegistry(), "none");
    }

    /** Counts one. */
    public void count(Policy policy) {
        Objects.requireNonNull(counters.get(policy)).increment();
        if (policy == Policy.CONNECTIONS || policy == Policy.FILES) {
            unconnected.add();
        }
    }

    /** A connection is there. */
    void opened() {
        connections.incrementAndGet();
    }

    /** A connection that was there is no more. */
    void closed() {
        connections.decrementAndGet();
    }

    /** How many connections, within the last five minutes, were turned away or had to wait in the kernel. */
    public long recentlyUnconnected() {
        return unconnected.sum();
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
