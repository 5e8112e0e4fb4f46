package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.codec.ReplayKey;

/**
 * What stands between the codec and the event bus: brings the outcome of one attempt of WeChat's to deliver a push. Each stage
 * is a decorator of the next; {@code Gateway} composes them.
 *
 * <p>Made and used on one event loop.
 */
public interface PushPipeline {

    /**
     * Brings the outcome; called on the event loop. The future completes there, but for that of the innermost stage.
     *
     * @return fails with a {@link io.weir.wechat.codec.Refusal} when the push turns out not to be genuine, with nothing else
     */
    Future<Outcome> answer(Attempt attempt);

    /** Uses up the key of a verification of the URL, so that nobody can post with it; completes when that is done. Never fails. */
    default Future<Void> verified(RawRequest request, ReplayKey key) {
        return Future.succeededFuture();
    }
}
