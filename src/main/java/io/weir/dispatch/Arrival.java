package io.weir.dispatch;

import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import java.util.function.BooleanSupplier;

/**
 * One attempt of WeChat's to deliver a push, as it came through the door.
 *
 * @param push what WeChat told the account
 * @param id equal for all attempts of the push
 * @param stamp what the request was signed with
 * @param arrivedNanos when its request was begun, on the scale of {@link System#nanoTime()}
 * @param deadline when this attempt must be answered
 * @param waiting whether the peer still waits for the answer; may be asked on any thread
 */
public record Arrival(
        Push push, PushId id, Stamp stamp, long arrivedNanos, Deadline deadline, BooleanSupplier waiting) {}
