package io.weir.dispatch.once;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of the attempts that one event loop has, with one timer for all: since all attempts have the same time, they
 * come up in the order of their arrival. Used on that event loop.
 */
final class Deadlines {
    private final ArrayDeque<Watch> waiting = new ArrayDeque<>();
    private final Vertx vertx;
    private final Consumer<Attempt> passed;
    private boolean armed;

    /** @param passed is told the attempts whose deadline has come */
    Deadlines(Vertx vertx, Consumer<Attempt> passed) {
        this.vertx = vertx;
        this.passed = passed;
    }

    /** An attempt whose deadline is to come. */
    static final class Watch {
        private final long atNanos;
        private @Nullable Attempt attempt;

        private Watch(long atNanos, Attempt attempt) {
            this.atNanos = atNanos;
            this.attempt = attempt;
        }

        /** The attempt has its answer. */
        void end() {
            attempt = null;
        }
    }

    Watch watch(Attempt attempt) {
        Watch watch = new Watch(attempt.arrival().deadline().atNanos(), attempt);
        while (!waiting.isEmpty() && waiting.getFirst().attempt == null) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty() || waiting.getLast().atNanos - watch.atNanos <= 0) {
            waiting.addLast(watch);
            arm();
        } else {
            // Its request took long to come in, so it has less time than those before it.
            vertx.setTimer(millisTo(watch), fired -> pass(watch));
        }
        return watch;
    }

    private void arm() {
        if (!armed && !waiting.isEmpty()) {
            armed = true;
            vertx.setTimer(millisTo(waiting.getFirst()), fired -> fired());
        }
    }

    private void fired() {
        armed = false;
        while (!waiting.isEmpty() && isOver(waiting.getFirst())) {
            pass(waiting.removeFirst());
        }
        arm();
    }

    private static boolean isOver(Watch watch) {
        return watch.attempt == null || watch.atNanos - System.nanoTime() <= 0;
    }

    private void pass(Watch watch) {
        Attempt attempt = watch.attempt;
        if (attempt != null) {
            passed.accept(attempt);
        }
    }

    private static long millisTo(Watch watch) {
        return Math.max(1, (watch.atNanos - System.nanoTime() + 999_999) / 1_000_000);
    }
}
