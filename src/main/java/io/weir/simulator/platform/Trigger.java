package io.weir.simulator.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a person does that lets the account write to them (token-and-server-api.md §8). Payment, which the page names too,
 * is not simulated.
 */
public enum Trigger {
    /** Any message of the person. */
    MESSAGE(5, Duration.ofDays(2)),
    /** A tap on a click, scancode_push or scancode_waitmsg button, or on an entry of a msgmenu. */
    MENU_CLICK(3, Duration.ofMinutes(1)),
    FOLLOW(3, Duration.ofMinutes(1)),
    /** The scan of the account's QR code by a follower. */
    SCAN(3, Duration.ofMinutes(1));

    private static final Map<String, Trigger> EVENTS = Map.of(
            "CLICK", MENU_CLICK,
            "scancode_push", MENU_CLICK,
            "scancode_waitmsg", MENU_CLICK,
            "subscribe", FOLLOW,
            "SCAN", SCAN);

    private final int messages;
    private final Duration window;

    Trigger(int messages, Duration window) {
        this.messages = messages;
        this.window = window;
    }

    /**
     * Which window a push opens; VIEW, the picture and location events and everything else open none. The text that a tap on
     * a msgmenu's entry sends counts as {@link #MENU_CLICK}: who sends it has to know, its wire name does not say so.
     *
     * @param wireName MsgType of a message, Event of an event
     */
    public static Optional<Trigger> of(String wireName, boolean isEvent) {
        return isEvent ? Optional.ofNullable(EVENTS.get(wireName)) : Optional.of(MESSAGE);
    }

    /** How many messages the account may send. */
    public int messages() {
        return messages;
    }

    /** How long it may send them. */
    public Duration window() {
        return window;
    }
}
