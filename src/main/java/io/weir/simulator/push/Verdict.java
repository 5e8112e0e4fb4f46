package io.weir.simulator.push;

/**
 * What the platform makes of an answer (push-protocol.md §6).
 *
 * @param text SHOWN: what the user sees; NOTHING: why, or empty when the gateway had nothing to say; FAULT: what is
 *     wrong with the answer
 */
public record Verdict(Effect effect, String text) {
    /** The notice that the user sees in the chat when the gateway fails. */
    public static final String FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试";

    static Verdict shown(String text) {
        return new Verdict(Effect.SHOWN, text);
    }

    static Verdict nothing(String why) {
        return new Verdict(Effect.NOTHING, why);
    }

    static Verdict fault(String why) {
        return new Verdict(Effect.FAULT, why);
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
