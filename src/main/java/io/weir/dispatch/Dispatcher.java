package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.message.Reply;

/** Something in the corridor that takes a push and brings its reply. */
@FunctionalInterface
public interface Dispatcher {

    /**
     * Brings the reply to a push.
     *
     * @return the reply; fails when there is none, at the delivery's deadline at the latest. The corridor
     *     turns a failure into an answer.
     */
    Future<Reply> dispatch(Delivery<?> delivery);
}
