package io.weir.plugin;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;

/**
 * A {@link Handler} that answers in the ordinary way, by returning: may wait for a database, a file, another server.
 *
 * @param <P> the record that it answers
 */
public interface BlockingHandler<P extends Push> extends Handler<P> {

    /**
     * Answers one push.
     *
     * @return the reply, {@link Reply#NONE} for none, {@link Reply#configured()} to leave the push to {@code replies.yaml}
     * @throws Exception whatever goes wrong: the push is answered {@code success}
     */
    Reply answer(P push) throws Exception;

    /**
     * Answers one push, knowing whether a run of it has begun before.
     *
     * @throws Exception whatever goes wrong
     */
    default Reply answer(Delivery<P> delivery) throws Exception {
        return answer(delivery.push());
    }

    @Override
    default Future<Reply> handle(P push) {
        throw new UnsupportedOperationException("asked with its delivery");
    }

    @Override
    default Future<Reply> handle(Delivery<P> delivery) {
        try {
            return Future.succeededFuture(answer(delivery));
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    default boolean nonBlocking() {
        return false;
    }
}
