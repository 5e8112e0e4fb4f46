package io.weir.dispatch;

import io.weir.wechat.message.Push;

/**
 * A push on its way to its handler; what crosses the event bus.
 *
 * @param push what WeChat told the account
 * @param deadline when it must be answered
 */
public record Delivery<P extends Push>(P push, Deadline deadline) {}
