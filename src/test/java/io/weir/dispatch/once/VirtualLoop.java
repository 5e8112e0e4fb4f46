package io.weir.dispatch.once;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An event loop on a {@link VirtualScheduler}, which can be stopped for a while and killed. What comes while it is stopped happens
 * afterwards: timers and what was read in any order, what other loops handed over in the order in which they did.
 */
final class VirtualLoop implements Loop {
    private static final long HAND_OVER_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final VirtualScheduler time;
    private final SplittableRandom random;
    private final Consumer<Throwable> bugs;
    private final List<Stall> stalls = new ArrayList<>();
    private final ArrayDeque<Runnable> handedOver = new ArrayDeque<>();
    private boolean dead;

    /** @param bugs is told what a task throws */
    VirtualLoop(VirtualScheduler time, SplittableRandom random, Consumer<Throwable> bugs) {
        this.time = time;
        this.random = random;
        this.bugs = bugs;
    }

    /** A time in which it does nothing. */
    record Stall(long fromNanos, long untilNanos) {
        boolean covers(long nanos) {
            return fromNanos <= nanos && nanos < untilNanos;
        }
    }

    void stall(Stall stall) {
        stalls.add(stall);
    }

    void kill() {
        dead = true;
    }

    boolean isStopped(long nanos) {
        return stalls.stream().anyMatch(stall -> stall.covers(nanos));
    }

    /** When it was last stopped before a moment, the end of that; 0 for never. */
    long lastStop(long nanos) {
        long last = 0;
        for (Stall stall : stalls) {
            if (stall.fromNanos <= nanos) {
                last = Math.max(last, stall.untilNanos);
            }
        }
        return last;
    }

    @Override
    public void run(Runnable task) {
        if (time.isCurrent(this)) {
            task.run();
        } else {
            handedOver.add(task);
            comes(HAND_OVER_NANOS, () -> handedOver.remove().run());
        }
    }

    @Override
    public void after(long millis, Runnable task) {
        comes(TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis)) + random.nextLong(CATCH_UP_NANOS), task);
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    /** Has a task run on this loop, from outside. */
    void comes(long nanos, Runnable task) {
        time.after(nanos, () -> happens(task));
    }

    private void happens(Runnable task) {
        if (dead) {
            return;
        }
        long now = time.now();
        for (Stall stall : stalls) {
            if (stall.covers(now)) {
                comes(stall.untilNanos - now + random.nextLong(CATCH_UP_NANOS), task);
                return;
            }
        }
        time.runOn(this, () -> {
            try {
                task.run();
            } catch (RuntimeException | AssertionError bug) {
                bugs.accept(bug);
            }
        });
    }
}
