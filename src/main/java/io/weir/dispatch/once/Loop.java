package io.weir.dispatch.once;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** An event loop as once-only uses it: an execution belongs to one, and everything that concerns it happens there. */
public interface Loop {

    /** Runs a task on the loop: at once where that is the current thread, else soon. Any thread. */
    void run(Runnable task);

    /** Runs a task on the loop later. Called on the loop. */
    void after(long millis, Runnable task);

    /** What passes steadily, in nanoseconds. */
    long nanoTime();

    /** The event loop that this is called on. */
    static Loop current(Vertx vertx) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        return new Loop() {
            @Override
            public void run(Runnable task) {
                // Not whether it is the current context: each request has one of its own.
                if (context.inThread()) {
                    task.run();
                } else {
                    context.runOnContext(nothing -> task.run());
                }
            }

            @Override
            public void after(long millis, Runnable task) {
                vertx.setTimer(Math.max(1, millis), fired -> task.run());
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
