package io.weir.client;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits for futures, not for ever. */
public final class Futures {
    private Futures() {}

    public static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    public static WeChatException failure(Future<?> future) throws Exception {
        if (cause(future) instanceof WeChatException expected) {
            return expected;
        }
        throw new AssertionError("failed, but not with a WeChatException: " + future.cause());
    }

    public static Throwable cause(Future<?> future) throws Exception {
        try {
            Object result = get(future);
            throw new AssertionError("expected a failure, got " + result);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }
}
