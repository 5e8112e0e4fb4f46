package io.weir.dispatch;

import io.weir.wechat.message.Push;

/**
 * A push on its way to its handler; what crosses the event bus.
 *
 * @param push what WeChat told the account
 * @param deadline until when a reply is of use, in whatever way it reaches the user; later than an attempt's
 * @param attempt number of the attempt of WeChat's that started this run, from 1
 * @param redelivered whether another run of this push has begun somewhere and was not finished: what it does outside may
 *     have been done already
 */
public record Delivery<P extends Push>(P push, Deadline deadline, int attempt, boolean redelivered) {}
