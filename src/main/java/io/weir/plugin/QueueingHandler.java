package io.weir.plugin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerStage.Dispatched;
import io.weir.dispatch.PushHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;

/**
 * Stands on each event loop for a custom handler that may block, and hands the pushes to its {@link BlockingHandler};
 * a push that finds too many waiting fails at once.
 */
final class QueueingHandler<P extends Push> extends PushHandler<P> {
    private final HandlerQueue queue;
    private final String name;

    QueueingHandler(PushType<P> type, HandlerQueue queue, String name) {
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
        Promise<Reply> reply = Promise.promise();
        HandlerStage.send(vertx.eventBus(), queue.address(), new Dispatched<>(delivery, reply));
        return reply.future();
    }

    @Override
    protected String ruleOf(P push) {
        return name;
    }
}
