package io.weir.plugin.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of what is not Weir's own and may block: virtual ones, of which each task gets its own, where the JDK has them; else a
 * few ordinary ones, before which tasks wait. Bounded either way. Any thread.
 */
final class HandlerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerThreads.class);
    /** Tasks that run at once on ordinary threads. */
    static final int THREADS = 20;
    /** Tasks beyond those, or tasks at once on virtual threads. */
    static final int MOST_WAITING = 1_000;

    private final ExecutorService executor;
    private final int most;
    private final boolean virtual;
    private final AtomicInteger waiting = new AtomicInteger();

    private HandlerThreads(ExecutorService executor, int most, boolean virtual) {
        this.executor = executor;
        this.most = most;
        this.virtual = virtual;
    }

    /** Threads whose names begin so, their context class loader being that one. */
    static HandlerThreads of(String name, ClassLoader loader) {
        ThreadFactory virtual = virtual(name);
        if (virtual != null) {
            ExecutorService each = perTask(with(loader, virtual));
            if (each != null) {
                return new HandlerThreads(each, MOST_WAITING, true);
            }
        }
        return ordinary(name, loader, THREADS, MOST_WAITING);
    }

    /** One ordinary thread, so that tasks run one after the other. */
    static HandlerThreads single(String name, ClassLoader loader, int mostWaiting) {
        return ordinary(name, loader, 1, mostWaiting);
    }

    static HandlerThreads ordinary(String name, ClassLoader loader, int threads, int mostWaiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), with(loader, factory));
        pool.allowCoreThreadTimeOut(true);
        return new HandlerThreads(pool, mostWaiting, false);
    }

    /** Whether tasks do not wait for a thread. */
    boolean isVirtual() {
        return virtual;
    }

    /** Tasks that wait for a thread, or on virtual threads have not ended. */
    int waiting() {
        return waiting.get();
    }

    /** Runs a task as soon as a thread is free; false where too many wait, or the threads are closed. */
    boolean run(Runnable task) {
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            executor.execute(() -> {
                if (!virtual) {
                    waiting.decrementAndGet();
                }
                try {
                    task.run();
                } finally {
                    if (virtual) {
                        waiting.decrementAndGet();
                    }
                }
            });
            return true;
        } catch (RejectedExecutionException closed) {
            waiting.decrementAndGet();
            return false;
        }
    }

    /** Takes no more tasks; interrupts none. */
    void close() {
        executor.shutdown();
    }

    private static ThreadFactory with(ClassLoader loader, ThreadFactory factory) {
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    /** Weir is compiled for a Java that has none of these, and runs on those that have. */
    private static @Nullable ThreadFactory virtual(String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, name + '-', 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException none) {
            LOG.debug("no virtual threads in this JDK");
            return null;
        }
    }

    private static @Nullable ExecutorService perTask(ThreadFactory factory) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ReflectiveOperationException none) {
            LOG.debug("no virtual threads in this JDK");
            return null;
        }
    }
}
