package io.weir.simulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it. Any thread; actions run on the thread that calls {@link #advance}, in the
 * order of their instants.
 */
public final class VirtualTime implements SimulatedTime {
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now;
    private long number;

    /** @param start what the clock shows at first; the gateway refuses pushes whose time is too far from its own */
    public VirtualTime(Instant start) {
        this.now = start;
    }

    /** Moves the clock and runs what has become due on the way, each at its own instant. */
    public void advance(Duration by) {
        Instant end = now().plus(by);
        for (Due due = next(end); due != null; due = next(end)) {
            due.action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** How many actions wait for their instant. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private synchronized @Nullable Due next(Instant end) {
        Due due = waiting.peek();
        if (due == null || due.at().isAfter(end)) {
            return null;
        }
        now = due.at().isAfter(now) ? due.at() : now;
        return waiting.poll();
    }

    private synchronized Instant now() {
        return now;
    }

    @Override
    public Clock clock() {
        InstantSource source = this::now;
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable action) {
        Due due = new Due(now.plus(delay), number++, action);
        waiting.add(due);
        return () -> forget(due);
    }

    private synchronized void forget(Due due) {
        waiting.remove(due);
    }

    private record Due(Instant at, long number, Runnable action) {}
}
