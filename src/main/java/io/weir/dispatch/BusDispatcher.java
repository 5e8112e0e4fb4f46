package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * The end of the corridor: asks the handler verticle of the push's kind over the event bus, and lets observers see the
 * push.
 *
 * <p>Made and used on one event loop. It asks the handler on its own loop; where there is none, any handler of the kind.
 * The future fails with a {@link ReplyException} as the bus reports it, at the deadline with its {@code TIMEOUT}: the bus's
 * timer is the one that a push has.
 */
public final class BusDispatcher implements Dispatcher {
    private final EventBus bus;
    private final DeliveryOptions publishing = new DeliveryOptions().setLocalOnly(true);
    private final Map<PushType<?>, String> lane = new HashMap<>();

    public BusDispatcher(Vertx vertx) {
        this.bus = vertx.eventBus();
        Lane here = Lane.current();
        PushType.all().forEach(type -> lane.put(type, here.address(type)));
    }

    @Override
    public Future<Reply> dispatch(Delivery<?> delivery) {
        PushType<?> type = delivery.push().type();
        if (!delivery.replay()) {
            bus.publish(type.observedAddress(), delivery.push(), publishing);
        }
        return ask(lane.getOrDefault(type, type.address()), delivery)
                .recover(
                        failure -> isUnhandled(failure) ? ask(type.address(), delivery) : Future.failedFuture(failure));
    }

    private Future<Reply> ask(String address, Delivery<?> delivery) {
        long timeout = delivery.deadline().remainingMillis(System.nanoTime());
        DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout);
        return bus.<Reply>request(address, delivery, options).map(Message::body);
    }

    private static boolean isUnhandled(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
