package io.weir.simulator.push;

import io.weir.simulator.chat.Content;
import java.util.Optional;

/**
 * What the platform makes of an answer (push-protocol.md §6).
 *
 * @param text SHOWN: what the user sees; NOTHING: why, or empty when the gateway had nothing to say; FAULT: what is
 *     wrong with the answer
 * @param content SHOWN: what the user sees, to be drawn; else empty
 * @param remark what is not as WeChat's manual has it, though WeChat takes it
 */
public record DeliveryVerdict(Effect effect, String text, Optional<Content> content, Optional<String> remark) {
    /** The notice that the user sees in the chat when the gateway fails. */
    public static final String FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试";

    static DeliveryVerdict shown(Content content) {
        return new DeliveryVerdict(Effect.SHOWN, content.text(), Optional.of(content), Optional.empty());
    }

    static DeliveryVerdict shown(String text) {
        return shown(new Content.Text(text));
    }

    static DeliveryVerdict nothing(String why) {
        return new DeliveryVerdict(Effect.NOTHING, why, Optional.empty(), Optional.empty());
    }

    static DeliveryVerdict fault(String why) {
        return new DeliveryVerdict(Effect.FAULT, why, Optional.empty(), Optional.empty());
    }

    DeliveryVerdict remarking(Optional<String> what) {
        return new DeliveryVerdict(effect, text, content, what);
    }

    /** The three things that can happen in the chat. */
    public enum Effect {
        /** A reply appears. */
        SHOWN,
        /** Nothing appears. */
        NOTHING,
        /** {@link #FAULT_NOTICE} appears. */
        FAULT
    }
}
