package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Outcome.Kind;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The innermost stage: has the handler of a push's kind run, and tells what came of it. Its future does not fail, and completes on
 * the handler's thread, which is another one where the handler may block. It does not complete while the handler does not answer,
 * so whoever asks keeps the time.
 *
 * <p>The way to the handlers is the event bus. A delivery goes one way and carries its completion, so that neither an address for the
 * answer nor a timer is made for it. It reaches the handler on its own event loop, since crossing loops costs more than everything
 * else together; where there is none, any handler of the kind.
 */
public final class HandlerStage implements PushPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerStage.class);
    private static final DeliveryOptions LOCAL = IdentityCodec.local();

    private static final Throttle UNWRITTEN = new Throttle(Duration.ofSeconds(10), 20);

    private final Function<Delivery<?>, Future<Reply>> handlers;
    private final HandlerTimes times;
    private final Clock clock;

    /**
     * The stage of the event loop that this is called on.
     *
     * @param handlers brings the reply of a delivery, or a failure, {@code NO_HANDLERS} where nobody handles its kind: {@link #bus}
     * @param times is told how long they take
     * @param clock gives the replies their CreateTime
     */
    public HandlerStage(Function<Delivery<?>, Future<Reply>> handlers, HandlerTimes times, Clock clock) {
        this.handlers = handlers;
        this.times = times;
        this.clock = clock;
    }

    /**
     * The way to the handlers from the event loop that this is called on.
     *
     * @param observers see each push that is not a replay
     */
    public static Function<Delivery<?>, Future<Reply>> bus(Vertx vertx, Observers observers) {
        return new Bus(vertx.eventBus(), observers);
    }

    /**
     * What crosses the bus: whoever consumes it completes it, or fails it, once.
     *
     * @param completion takes the reply; any thread
     */
    public record Dispatched<P extends Push>(Delivery<P> delivery, Promise<Reply> completion) {}

    /** Sends a delivery to an address; fails it where nobody consumes that. */
    public static void send(EventBus bus, String address, Dispatched<?> dispatched) {
        bus.<Dispatched<?>>sender(address, LOCAL).write(dispatched).onFailure(dispatched.completion::tryFail);
    }

    /** Address of the handler of that kind on the current event loop, whose thread's name is unique in a process. */
    static String addressHere(PushType<?> type) {
        return type.address() + "@" + Thread.currentThread().getName();
    }

    /** Address of any handler of that kind. */
    static String addressAnywhere(PushType<?> type) {
        return type.address() + "@any";
    }

    @Override
    public Future<Outcome> answer(Attempt attempt) {
        ExecutionInfo run = attempt.run();
        return run(new Delivery<>(
                attempt.push(),
                attempt.received().xml(),
                attempt.id().text(),
                attempt.deadline(),
                run.attempt(),
                run.redelivered(),
                run.certain(),
                run.replay(),
                attempt.request().traceparent()));
    }

    /** Has the handler of a delivery run. */
    public Future<Outcome> run(Delivery<?> delivery) {
        long began = System.nanoTime();
        Future<Reply> reply = dispatch(delivery);
        if (reply.isComplete()) {
            return Future.succeededFuture(outcome(delivery, began, reply.result(), reply.cause()));
        }
        Promise<Outcome> outcome = Promise.promise();
        reply.onComplete((answered, failure) -> outcome.complete(outcome(delivery, began, answered, failure)));
        return outcome.future();
    }

    private Future<Reply> dispatch(Delivery<?> delivery) {
        try {
            return handlers.apply(delivery);
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }

    private Outcome outcome(Delivery<?> delivery, long began, @Nullable Reply reply, @Nullable Throwable failure) {
        long now = System.nanoTime();
        times.note(delivery.push(), delivery.replay(), now - began, failure);
        if (failure != null || reply == null) {
            noteFailure(delivery, failure);
            return outcome(delivery, failed(failure), ReplyWriter.SUCCESS, Reply.NONE, began, now, error(failure));
        }
        String text = text(delivery, reply);
        Kind kind = text.equals(ReplyWriter.SUCCESS) ? Kind.SUCCESS : Kind.REPLY;
        return outcome(delivery, kind, text, reply, began, now, null);
    }

    private static Outcome outcome(
            Delivery<?> delivery,
            Kind kind,
            String text,
            Reply reply,
            long began,
            long handled,
            @Nullable String error) {
        boolean takenOver = delivery.redelivered() && delivery.certain() && !delivery.replay();
        return new Outcome(kind, takenOver, Optional.of(text), reply, delivery.attempt(), began, handled, error);
    }

    /** What a handler failed with: the kind of failure, since its words may be a user's. */
    private static String error(@Nullable Throwable failure) {
        return failure instanceof ReplyException told
                ? String.valueOf(told.getMessage())
                : failure == null ? "no reply" : failure.getClass().getName();
    }

    private void noteFailure(Delivery<?> delivery, @Nullable Throwable failure) {
        if (!delivery.replay() && !isUnhandled(failure)) {
            times.failed(delivery.idempotencyKey(), String.valueOf(error(failure)), failure);
        }
    }

    private static Kind failed(@Nullable Throwable failure) {
        return isUnhandled(failure) ? Kind.UNHANDLED : Kind.FAILED;
    }

    private static boolean isUnhandled(@Nullable Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private String text(Delivery<?> delivery, Reply reply) {
        try {
            return ReplyWriter.write(reply, delivery.push(), clock.instant());
        } catch (RuntimeException bug) {
            String type = delivery.push().type().wireName();
            UNWRITTEN
                    .admit(type, System.nanoTime())
                    .ifPresent(heldBack -> LOG.atError()
                            .addKeyValue("type", type)
                            .addKeyValue("pushId", delivery.idempotencyKey())
                            .addKeyValue("suppressed", heldBack)
                            .setCause(bug)
                            .log("reply could not be written, push answered with success"));
            return ReplyWriter.SUCCESS;
        }
    }

    /** The handlers, as one event loop reaches them. */
    private static final class Bus implements Function<Delivery<?>, Future<Reply>> {
        private final EventBus bus;
        private final Observers observers;
        private final Map<PushType<?>, MessageProducer<Dispatched<?>>> here = new HashMap<>();

        Bus(EventBus bus, Observers observers) {
            this.bus = bus;
            this.observers = observers;
        }

        @Override
        public Future<Reply> apply(Delivery<?> delivery) {
            if (!delivery.replay()) {
                observers.publish(delivery);
            }
            PushType<?> type = delivery.push().type();
            Promise<Reply> reply = Promise.promise();
            Dispatched<?> dispatched = new Dispatched<>(delivery, reply);
            here.computeIfAbsent(type, each -> bus.sender(addressHere(each), LOCAL))
                    .write(dispatched)
                    .onComplete((written, failure) -> {
                        if (failure != null) {
                            elsewhere(type, dispatched, failure);
                        }
                    });
            return reply.future();
        }

        /** No handler on this loop: any other, then. */
        private void elsewhere(PushType<?> type, Dispatched<?> dispatched, Throwable failure) {
            if (isUnhandled(failure)) {
                send(bus, addressAnywhere(type), dispatched);
            } else {
                dispatched.completion.tryFail(failure);
            }
        }
    }
}
