package io.weir.simulator.push;

/**
 * An answer as the platform reads it.
 *
 * @param kind MsgType of the reply, or {@code success}, {@code empty}, {@code unusable}
 * @param encrypted whether it came encrypted
 * @param clear the body, decrypted if it could be
 */
public record AnswerReading(String kind, boolean encrypted, String clear, DeliveryVerdict verdict) {}
