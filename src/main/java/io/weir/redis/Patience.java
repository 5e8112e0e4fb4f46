package io.weir.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for an answer no longer than a limit. When its own process was stopped or starved meanwhile, the answer may well lie here and not
 * be read yet: then it waits the limit once more, since it is not Redis that was slow.
 */
final class Patience {
    /** A timer that comes so much later than it was set for: the process had no time for Redis's answer either. */
    private static final long STOPPED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Patience() {}

    /** The answer; fails with a {@link TimeoutException} when it does not come. */
    static <T> Future<T> await(Vertx vertx, Future<T> answer, Duration limit) {
        if (answer.isComplete()) {
            return answer;
        }
        Promise<T> awaited = Promise.promise();
        long began = System.nanoTime();
        long timer = vertx.setTimer(limit.toMillis(), fired -> {
            if (System.nanoTime() - began - limit.toNanos() < STOPPED_NANOS) {
                giveUp(awaited, limit);
            } else {
                vertx.setTimer(limit.toMillis(), over -> giveUp(awaited, limit));
            }
        });
        answer.onComplete(ended -> {
            vertx.cancelTimer(timer);
            if (ended.succeeded()) {
                awaited.tryComplete(ended.result());
            } else {
                awaited.tryFail(ended.cause());
            }
        });
        return awaited.future();
    }

    private static void giveUp(Promise<?> awaited, Duration limit) {
        awaited.tryFail(new TimeoutException("no answer within " + limit.toMillis() + " ms"));
    }
}
