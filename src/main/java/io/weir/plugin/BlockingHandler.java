package io.weir.plugin;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.PushHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Objects;

/**
 * Runs a handler of one's own that may block: a worker verticle with a pool of threads of its own, as many pushes at once as
 * it has threads. A push whose deadline has passed while it waited is not begun any more.
 */
final class BlockingHandler<P extends Push> extends PushHandler<P> {
    private final Handler<P> own;
    private final Queue queue;

    BlockingHandler(Handler<P> own, Queue queue) {
        super(List.of());
        this.own = own;
        this.queue = queue;
    }

    @Override
    public Future<?> start() {
        return consume(queue.address());
    }

    @Override
    protected Future<Reply> handle(P push) {
        return own.handle(push);
    }

    @Override
    protected Future<Reply> handle(Delivery<P> delivery) {
        return vertx.executeBlocking(() -> begin(delivery), false).compose(reply -> reply);
    }

    private Future<Reply> begin(Delivery<P> delivery) {
        queue.leave();
        return delivery.deadline().isPast(System.nanoTime())
                ? Future.succeededFuture(Reply.NONE)
                : Objects.requireNonNull(own.handle(delivery.push()), "the handler returned no future");
    }

    @Override
    protected String ruleOf(P push) {
        return own.getClass().getName();
    }
}
