package io.weir.dispatch;

import io.vertx.core.Future;

/** What is behind the door: brings the answer to one attempt of WeChat's to deliver a push. */
@FunctionalInterface
public interface Corridor {

    /**
     * Brings the answer; called on an event loop, which the future completes on.
     *
     * @return fails with a {@link io.weir.wechat.codec.Refusal} when the push turns out not to be genuine, with nothing else
     */
    Future<Answered> answer(Arrival arrival);
}
