package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.time.Duration;

/** Where a reply goes that comes too late for every attempt. Called on any event loop. */
public interface LateReplies {

    /**
     * Sends it in another way, or counts it as lost with the reason; called once per push.
     *
     * @param age how long ago the push arrived
     * @return completes when that is done; never fails
     */
    Future<Void> send(Push push, Reply reply, Duration age);

    /** Counts a reply as lost, since Redis could not be asked who may send it. */
    void lost(Push push, Reply reply);
}
