package io.weir.dispatch.once;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Time that passes only from one event to the next. Events of the same time come in the order in which they were set. One thread. */
final class VirtualScheduler {
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final long origin;
    private long now;
    private long number;
    private @Nullable VirtualLoop current;

    /** @param origin what {@link #nanoTime()} is at the beginning */
    VirtualScheduler(long origin) {
        this.origin = origin;
    }

    private record Event(long atNanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    /** Since the beginning. */
    long now() {
        return now;
    }

    long nanoTime() {
        return origin + now;
    }

    /** The time of day at a moment, as long after the beginning. */
    static Instant timeOfDay(long nanos) {
        return Instant.ofEpochMilli(EPOCH_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    void after(long nanos, Runnable task) {
        events.add(new Event(now + Math.max(0, nanos), number++, task));
    }

    /** Lets everything happen up to a moment. */
    void runUntil(long nanos) {
        while (!events.isEmpty() && events.peek().atNanos <= nanos) {
            Event next = events.poll();
            now = next.atNanos;
            next.task.run();
        }
        now = nanos;
    }

    /** The event loop that runs a task just now. */
    boolean isCurrent(VirtualLoop loop) {
        return current == loop;
    }

    /** Runs a task as one of an event loop. */
    void runOn(VirtualLoop loop, Runnable task) {
        VirtualLoop before = current;
        current = loop;
        try {
            task.run();
        } finally {
            current = before;
        }
    }

    /** A clock that is wrong by so much. */
    Clock clock(long skewMillis) {
        InstantSource source =
                () -> Instant.ofEpochMilli(EPOCH_MILLIS + skewMillis + TimeUnit.NANOSECONDS.toMillis(now));
        return source.withZone(ZoneOffset.UTC);
    }
}
