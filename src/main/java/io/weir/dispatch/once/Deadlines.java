package io.weir.dispatch.once;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Deadlines of one event loop, with one timer for all: since most have the same time, they come up in the order in which they were
 * added. Used on that event loop.
 */
public final class Deadlines {
    /** A timer that comes so much later than it was set for: the process was stopped, and what arrived meanwhile is not read yet. */
    private static final long STOPPED_NANOS = 50_000_000;

    private static final long CATCH_UP_MILLIS = 20;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Loop loop;
    private boolean armed;

    /** Of that event loop. */
    public Deadlines(Loop loop) {
        this.loop = loop;
    }

    /** What has a deadline. */
    public interface Entry {
        /** When that is, on the scale of {@link Loop#nanoTime()}. */
        long deadlineNanos();

        /** Whether nothing needs be done any more when it comes. */
        boolean isOver();

        /** The deadline has come, and it is not over. */
        void pass();
    }

    /** Has something done when its deadline comes, unless it is over by then. */
    public void add(Entry entry) {
        while (!entries.isEmpty() && entries.getFirst().isOver()) {
            entries.removeFirst();
        }
        if (entries.isEmpty() || entries.getLast().deadlineNanos() - entry.deadlineNanos() <= 0) {
            entries.addLast(entry);
            arm();
        } else {
            // Its request took long to come in, so it has less time than those before it.
            loop.after(millisTo(entry), () -> pass(entry));
        }
    }

    /** Lets go of what needs not be done any more. */
    void sweep() {
        entries.removeIf(Entry::isOver);
    }

    private void arm() {
        if (!armed && !entries.isEmpty()) {
            armed = true;
            Entry first = entries.getFirst();
            loop.after(millisTo(first), () -> fired(first.deadlineNanos()));
        }
    }

    private void fired(long dueNanos) {
        caughtUp(loop, dueNanos, this::passAll);
    }

    /** Has something done later; where the loop comes late to it, after it has read what arrived meanwhile. */
    static void after(Loop loop, long millis, Runnable task) {
        long dueNanos = loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        loop.after(millis, () -> caughtUp(loop, dueNanos, task));
    }

    private static void caughtUp(Loop loop, long dueNanos, Runnable task) {
        if (loop.nanoTime() - dueNanos > STOPPED_NANOS) {
            loop.after(CATCH_UP_MILLIS, task);
        } else {
            task.run();
        }
    }

    private void passAll() {
        armed = false;
        while (!entries.isEmpty() && isOver(entries.getFirst())) {
            pass(entries.removeFirst());
        }
        arm();
    }

    private boolean isOver(Entry entry) {
        return entry.isOver() || entry.deadlineNanos() - loop.nanoTime() <= 0;
    }

    private static void pass(Entry entry) {
        if (!entry.isOver()) {
            entry.pass();
        }
    }

    private long millisTo(Entry entry) {
        return Math.max(1, (entry.deadlineNanos() - loop.nanoTime() + 999_999) / 1_000_000);
    }
}
