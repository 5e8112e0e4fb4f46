package io.weir.simulator.push;

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
