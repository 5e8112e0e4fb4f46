package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Outcome.Kind;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The innermost stage: has the handler of a push's kind run, and tells what came of it. Its future does not fail, and completes on
 * the handler's thread, which is another one where the handler may block. It does not complete while the handler does not answer,
 * so whoever asks keeps the time.
 */
public final class HandlerStage implements PushPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerStage.class);
    private static final Throttle UNWRITTEN = new Throttle(Duration.ofSeconds(10), 20);

    private final Dispatcher handlers;
    private final HandlerTimes times;
    private final Clock clock;

    /**
     * The stage of the event loop that this is called on.
     *
     * @param handlers the way to the handlers
     * @param times is told how long they take
     * @param clock gives the replies their CreateTime
     */
    public HandlerStage(Dispatcher handlers, HandlerTimes times, Clock clock) {
        this.handlers = handlers;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public Future<Outcome> answer(Attempt attempt) {
        long began = System.nanoTime();
        Future<Reply> reply = dispatch(attempt);
        if (reply.isComplete()) {
            return Future.succeededFuture(outcome(attempt, began, reply.result(), reply.cause()));
        }
        Promise<Outcome> outcome = Promise.promise();
        reply.onComplete((answered, failure) -> outcome.complete(outcome(attempt, began, answered, failure)));
        return outcome.future();
    }

    private Future<Reply> dispatch(Attempt attempt) {
        ExecutionInfo run = attempt.run();
        Delivery<?> delivery = new Delivery<>(
                attempt.push(),
                attempt.id().text(),
                attempt.deadline(),
                run.attempt(),
                run.redelivered(),
                run.certain(),
                run.replay());
        try {
            return handlers.dispatch(delivery);
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }

    private Outcome outcome(Attempt attempt, long began, @Nullable Reply reply, @Nullable Throwable failure) {
        long now = System.nanoTime();
        times.note(attempt.push(), now - began, failure);
        if (failure != null || reply == null) {
            return outcome(attempt, failed(failure), ReplyWriter.SUCCESS, Reply.NONE, began, now);
        }
        String text = text(attempt, reply);
        Kind kind = text.equals(ReplyWriter.SUCCESS) ? Kind.SUCCESS : Kind.REPLY;
        return outcome(attempt, kind, text, reply, began, now);
    }

    private static Outcome outcome(Attempt attempt, Kind kind, String text, Reply reply, long began, long handled) {
        ExecutionInfo run = attempt.run();
        boolean takenOver = run.redelivered() && run.certain() && !run.replay();
        return new Outcome(kind, takenOver, Optional.of(text), reply, run.attempt(), began, handled);
    }

    private static Kind failed(@Nullable Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                ? Kind.UNHANDLED
                : Kind.FAILED;
    }

    private String text(Attempt attempt, Reply reply) {
        try {
            return ReplyWriter.write(reply, attempt.push(), clock.instant());
        } catch (RuntimeException bug) {
            String type = attempt.push().type().wireName();
            UNWRITTEN
                    .admit(type, System.nanoTime())
                    .ifPresent(heldBack -> LOG.atError()
                            .addKeyValue("type", type)
                            .addKeyValue("suppressed", heldBack)
                            .setCause(bug)
                            .log("reply could not be written, push answered with success"));
            return ReplyWriter.SUCCESS;
        }
    }
}
