package io.weir.dispatch;

import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import java.util.function.BooleanSupplier;

/**
 * One attempt of WeChat's to deliver a push, which passed the checks of the codec.
 *
 * @param push what WeChat told the account
 * @param id equal for all attempts of the push
 * @param key tells the request from every other
 * @param bytes length of the body
 * @param arrivedNanos when its request was begun, on the scale of {@link System#nanoTime()}
 * @param deadline when this attempt must be answered
 * @param waiting whether the peer still waits for the answer; may be asked on any thread
 */
public record Attempt(
        Push push,
        PushId id,
        ReplayKey key,
        int bytes,
        long arrivedNanos,
        Deadline deadline,
        BooleanSupplier waiting) {}
