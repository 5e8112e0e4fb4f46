package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.message.Reply;

/** The way to the handlers: takes a push and brings its reply. */
@FunctionalInterface
public interface Dispatcher {

    /**
     * Brings the reply to a push; called on an event loop.
     *
     * @return the reply; fails when there is none. It may never complete: whoever asks keeps the time.
     */
    Future<Reply> dispatch(Delivery<?> delivery);
}
