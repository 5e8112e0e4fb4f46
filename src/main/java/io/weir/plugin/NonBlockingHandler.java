package io.weir.plugin;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.PushHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;

/** Runs a custom handler that never blocks: on the event loops, like a built-in one. */
final class NonBlockingHandler<P extends Push> extends PushHandler<P> {
    private final Handler<P> own;

    NonBlockingHandler(Handler<P> own) {
        super(List.of(own.type()));
        this.own = own;
    }

    @Override
    protected Future<Reply> handle(P push) {
        return own.handle(push);
    }

    @Override
    protected Future<Reply> handle(Delivery<P> delivery) {
        return own.handle(delivery);
    }

    @Override
    protected String ruleOf(P push) {
        return own.getClass().getName();
    }
}
