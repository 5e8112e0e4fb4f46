package io.weir.wechat.message;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What identifies an ordinary message (messages-and-events.md §1).
 *
 * @param msgId {@code MsgId}, a 64-bit decimal kept as text, never empty; users were seen to share one, so it needs the
 *     sender beside it
 * @param msgDataId {@code MsgDataId}: message data of the article that the message comes from
 * @param idx {@code Idx}: number of the article in a post of several, from 1
 */
public record MessageId(String msgId, Optional<String> msgDataId, OptionalInt idx) {
    MessageId(PushFields in) {
        this(in.id("MsgId"), in.optionalId("MsgDataId"), in.optionalInteger("Idx"));
    }
}
