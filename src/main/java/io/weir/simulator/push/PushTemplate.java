package io.weir.simulator.push;

import java.util.List;

/**
 * A kind of push with plausible values.
 *
 * @param wireName its MsgType or Event
 * @param ordinary whether WeChat pushes it to ordinary official accounts (messages-and-events.md §2)
 * @param elements what follows the head
 */
public record PushTemplate(String wireName, PushKind kind, boolean ordinary, List<Element> elements) {
    public PushTemplate {
        elements = List.copyOf(elements);
    }

    /** What it is, in words, for a listing. */
    public String words() {
        return kind.words() + (ordinary ? "" : ", not pushed to ordinary accounts");
    }

    /** Whether it has an EventKey. */
    public boolean hasKey() {
        return Element.find(elements, "EventKey").isPresent();
    }

    /** What the platform makes of a reply to a push (push-protocol.md §8). */
    public enum PushKind {
        /** A message that a user has sent; has a MsgId, may be answered. */
        MESSAGE("message"),
        /** An event to which a reply is shown. */
        ANSWERED_EVENT("event"),
        /** An event to which no reply is shown. */
        SILENT_EVENT("event, takes no reply");

        private final String words;

        PushKind(String words) {
            this.words = words;
        }

        public boolean event() {
            return this != MESSAGE;
        }

        public boolean repliable() {
            return this != SILENT_EVENT;
        }

        /** In words, for a listing. */
        public String words() {
            return words;
        }
    }
}
