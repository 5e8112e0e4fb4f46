package io.weir.redis;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting in tests, with a limit. */
public final class Await {
    private static final long LIMIT_SECONDS = 10;

    private Await() {}

    /** The result of a future; what it failed with is thrown. */
    public static <T> T result(Future<T> future) {
        try {
            return future.timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) {
        until(what, Duration.ofSeconds(LIMIT_SECONDS), holds);
    }

    public static void until(String what, Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
