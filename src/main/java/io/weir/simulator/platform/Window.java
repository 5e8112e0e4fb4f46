package io.weir.simulator.platform;

import java.time.Instant;

/**
 * An open window in which an account may write to a person, for display.
 *
 * @param left how many messages may still be sent in it; 0 when it is used up
 * @param until when it closes
 */
public record Window(Trigger trigger, int left, Instant until) {}
