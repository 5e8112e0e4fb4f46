package io.weir.plugin;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.PushHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;

/**
 * Stands on each event loop for a handler of one's own that may block, and hands the pushes to its {@link BlockingHandler};
 * a push that finds too many waiting fails at once.
 */
final class QueueingHandler<P extends Push> extends PushHandler<P> {
    /** Beyond the deadline, which the corridor keeps. */
    private static final long GRACE_MILLIS = 1_000;

    private final Queue queue;
    private final String name;

    QueueingHandler(PushType<P> type, Queue queue, String name) {
        super(List.of(type));
        this.queue = queue;
        this.name = name;
    }

    @Override
    protected Future<Reply> handle(P push) {
        throw new IllegalStateException("handled with its deadline");
    }

    @Override
    protected Future<Reply> handle(Delivery<P> delivery) {
        if (!queue.enter()) {
            return Future.failedFuture(new IllegalStateException(name + " has too many pushes waiting"));
        }
        DeliveryOptions options = new DeliveryOptions()
                .setLocalOnly(true)
                .setSendTimeout(delivery.deadline().remainingMillis(System.nanoTime()) + GRACE_MILLIS);
        return vertx.eventBus()
                .<Reply>request(queue.address(), delivery, options)
                .map(Message::body);
    }

    @Override
    protected String ruleOf(P push) {
        return name;
    }
}
