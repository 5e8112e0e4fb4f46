package io.weir.dispatch.durable;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.durable.Spool.SpoolException;
import io.weir.dispatch.durable.SpoolState.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that touches the files of a {@link Spool}. Does what it is asked in that order, some of it at a time: then all is written
 * together, and whoever asked is told. Asked on any thread.
 */
final class SpoolThread {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolThread.class);
    private static final int MOST_TASKS = 1_000;
    private static final int BATCH_BYTES = 1 << 20;

    private final SpoolDisk disk;
    private final Runnable afterwards;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> told = new ArrayList<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "spool");
        thread.setDaemon(true);
        return thread;
    });

    /** What is asked, and how whoever asked gets to know that the thread has ended before. */
    private record Task(Runnable work, Runnable refuse) {}

    /** @param afterwards what is done when what was asked is on the disk, before anybody is told */
    SpoolThread(SpoolDisk disk, Runnable afterwards) {
        this.disk = disk;
        this.afterwards = afterwards;
    }

    /** Does it again and again. */
    void every(Duration period, Runnable task) {
        var unused = worker.scheduleWithFixedDelay(
                () -> submit(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whoever asked is told when it is on the disk, on its event loop if it has one; that fails when the thread has ended. */
    <T> Future<T> ask(Consumer<Promise<T>> work) {
        Context context = Vertx.currentContext();
        Promise<T> asked = Promise.promise();
        Runnable begin = () -> {
            Promise<T> done = Promise.promise();
            done.future()
                    .onComplete((result, failure) ->
                            told.add(() -> tell(context, () -> asked.complete(result, failure))));
            try {
                work.accept(done);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the spool has failed; report this with the stack trace");
                done.tryFail(e);
            }
        };
        submit(new Task(
                begin, () -> tell(context, () -> asked.fail(new SpoolException(Fault.DISK, "the spool is closed")))));
        return asked.future();
    }

    private static void tell(@Nullable Context context, Runnable result) {
        if (context == null) {
            result.run();
        } else {
            context.runOnContext(now -> result.run());
        }
    }

    /** Nobody is told; not done when the thread has ended. */
    void submit(Runnable task) {
        submit(new Task(task, () -> {}));
    }

    private void submit(Task task) {
        tasks.add(task);
        try {
            schedule();
        } catch (RejectedExecutionException endedMeanwhile) {
            // So it stands behind the last, as all does that is there now.
        }
        if (worker.isShutdown()) {
            refuse();
        }
    }

    private void refuse() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.refuse.run();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            worker.execute(this::run);
        }
    }

    private void run() {
        scheduled.set(false);
        for (int done = 0; done < MOST_TASKS && disk.pendingBytes() < BATCH_BYTES && !worker.isShutdown(); done++) {
            Task task = tasks.poll();
            if (task == null) {
                break;
            }
            task.work.run();
        }
        disk.flush();
        afterwards.run();
        List<Runnable> now = List.copyOf(told);
        told.clear();
        now.forEach(Runnable::run);
        if (worker.isShutdown()) {
            refuse();
        } else if (!tasks.isEmpty() || disk.pendingBytes() > 0) {
            schedule();
        }
    }

    /** Does the last, after all that was asked before. */
    Future<Void> end(Runnable last) {
        return ask(promise -> {
            disk.flush();
            last.run();
            worker.shutdown();
            promise.complete();
        });
    }
}
