package io.weir.dispatch.once;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.time.Duration;

/** Where a reply goes that comes too late for every attempt. */
@FunctionalInterface
public interface LateReplies {

    /**
     * Sends it in another way, or counts it as lost with the reason; called once per push, on any event loop.
     *
     * @param age how long ago the push arrived
     */
    void send(Push push, Reply reply, Duration age);
}
