package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * In which an account may write to a person (token-and-server-api.md §8).
 *
 * <p>Whether windows add up is not documented. Here each kind of trigger has one window of its own per person; the next
 * trigger of that kind opens it anew, with the full number of messages. A message is taken from the open window that ends
 * first and has some left, so that the short ones do not lapse while a long one is used up. At its end a window is closed:
 * at 48 h and not a moment later.
 */
public final class Windows {
    /** People per kind of trigger whose windows are kept; the simulator's own limit. */
    static final int MOST_PEOPLE = 100_000;

    private final Map<Trigger, Expiring<Integer>> byTrigger = new EnumMap<>(Trigger.class);

    Windows(Clock clock) {
        for (Trigger trigger : Trigger.values()) {
            byTrigger.put(trigger, new Expiring<>(clock, trigger.window(), MOST_PEOPLE, none -> {}));
        }
    }

    void open(String openid, Trigger trigger) {
        of(trigger).put(openid, trigger.messages());
    }

    /**
     * Takes one message from the windows that are open.
     *
     * @throws Refused 45015 when none is open, 45047 when all that are open are used up
     */
    void take(String openid) {
        List<Window> open = open(openid);
        if (open.isEmpty()) {
            throw new Refused(45015, "response out of time limit or subscription is canceled");
        }
        Window first = open.stream()
                .filter(window -> window.left() > 0)
                .findFirst()
                .orElseThrow(() -> new Refused(45047, "out of response count limit"));
        of(first.trigger()).replace(openid, first.left() - 1);
    }

    /** The open windows, used up or not; the one that ends first comes first. */
    List<Window> open(String openid) {
        return Arrays.stream(Trigger.values())
                .map(trigger -> window(openid, trigger))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Window::until))
                .toList();
    }

    private Optional<Window> window(String openid, Trigger trigger) {
        return of(trigger).find(openid).map(entry -> new Window(trigger, entry.value(), entry.ends()));
    }

    private Expiring<Integer> of(Trigger trigger) {
        return Objects.requireNonNull(byTrigger.get(trigger), "every trigger has its windows");
    }

    ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        byTrigger.forEach((trigger, windows) -> saved.set(trigger.name(), windows.save(IntNode::valueOf)));
        return saved;
    }

    void load(JsonNode saved) {
        byTrigger.forEach((trigger, windows) -> windows.load(saved.path(trigger.name()), left -> left.asInt()));
    }

    /**
     * An open window in which an account may write to a person, for display.
     *
     * @param left how many messages may still be sent in it; 0 when it is used up
     * @param until when it closes
     */
    public record Window(Trigger trigger, int left, Instant until) {}

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
}
