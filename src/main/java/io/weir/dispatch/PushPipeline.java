package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.codec.ReplayKey;

/** What stands between the codec and the event bus: brings the answer to one attempt of WeChat's to deliver a push. */
public interface PushPipeline {

    /**
     * Brings the answer; called on an event loop, which the future completes on.
     *
     * @return fails with a {@link io.weir.wechat.codec.Refusal} when the push turns out not to be genuine, with nothing else
     */
    Future<Answered> answer(Attempt attempt);

    /** Uses up the key of a verification of the URL, so that nobody can post with it; completes when that is done. Never fails. */
    Future<Void> verified(ReplayKey key);
}
