package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;

/**
 * Handles kinds that take no reply (push-protocol.md §8): acknowledges them. Who wants to do something about them
 * observes their address or puts a handler in its place.
 *
 * @param <P> the record, or the family of records, that it handles
 */
public abstract class SilentHandler<P extends Push> extends PushHandler<P> {
    /** @param types the kinds that it handles */
    protected SilentHandler(List<PushType<? extends P>> types) {
        super(types);
    }

    @Override
    protected final Future<Reply> handle(P push) {
        return Future.succeededFuture(Reply.NONE);
    }
}
