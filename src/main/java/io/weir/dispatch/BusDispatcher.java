package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings deliveries to the handler verticles over the event bus. A delivery goes one way and carries its completion, so that
 * neither an address for the answer nor a timer is made for it.
 *
 * <p>Made and used on one event loop. It reaches the handler on its own loop; where there is none, any handler of the kind. The
 * future fails with {@code NO_HANDLERS} where there is none at all; it keeps no time.
 */
public final class BusDispatcher implements Dispatcher {
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(IdentityCodec.NAME);

    private final EventBus bus;
    private final Observers observers;
    private final EventLoopAddress here = EventLoopAddress.current();
    private final Map<PushType<?>, MessageProducer<Dispatched<?>>> producers = new HashMap<>();

    /**
     * The way from the event loop that this is called on.
     *
     * @param observers see each push that is not a replay
     */
    public BusDispatcher(Vertx vertx, Observers observers) {
        this.bus = vertx.eventBus();
        this.observers = observers;
    }

    /**
     * What crosses the bus: whoever consumes it completes it, or fails it, once.
     *
     * @param completion takes the reply; any thread
     */
    public record Dispatched<P extends io.weir.wechat.message.Push>(Delivery<P> delivery, Promise<Reply> completion) {}

    @Override
    public Future<Reply> dispatch(Delivery<?> delivery) {
        if (!delivery.replay()) {
            observers.publish(delivery.push());
        }
        PushType<?> type = delivery.push().type();
        Promise<Reply> reply = Promise.promise();
        Dispatched<?> dispatched = new Dispatched<>(delivery, reply);
        producers.computeIfAbsent(type, this::producer).write(dispatched).onComplete((written, failure) -> {
            if (failure != null) {
                elsewhere(type, dispatched, failure);
            }
        });
        return reply.future();
    }

    private MessageProducer<Dispatched<?>> producer(PushType<?> type) {
        return bus.sender(here.address(type), LOCAL);
    }

    /** No handler on this loop: any other, then. */
    private void elsewhere(PushType<?> type, Dispatched<?> dispatched, Throwable failure) {
        if (isUnhandled(failure)) {
            send(bus, type.address(), dispatched);
        } else {
            dispatched.completion.tryFail(failure);
        }
    }

    /** Sends a delivery to an address; fails it where nobody consumes that. */
    public static void send(EventBus bus, String address, Dispatched<?> dispatched) {
        bus.<Dispatched<?>>sender(address, LOCAL).write(dispatched).onFailure(dispatched.completion::tryFail);
    }

    private static boolean isUnhandled(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
