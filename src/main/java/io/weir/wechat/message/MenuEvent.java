package io.weir.wechat.message;

import java.util.Optional;

/** A tap on a menu button (messages-and-events.md §4). Opening a sub-menu sends nothing. */
public sealed interface MenuEvent extends Event {

    /** {@code EventKey}: the button's key, URL or page; opaque text, empty where an old button sends none. */
    String eventKey();

    @Override
    default Optional<String> answerKey() {
        return Optional.of(eventKey());
    }

    /** {@code MenuId} as WeChat writes it, {@code MenuID} as its tables do. */
    private static Optional<String> menuId(Fields in) {
        return in.optional("MenuId").or(() -> in.optional("MenuID"));
    }

    /**
     * A tap on a {@code click} button.
     *
     * @param head what all pushes carry
     * @param eventKey the button's key
     * @param menuId not documented for this event; tolerated
     */
    record Click(Head head, String eventKey, Optional<String> menuId) implements MenuEvent {
        Click(Fields in) {
            this(in.head(), in.textOrEmpty("EventKey"), MenuEvent.menuId(in));
        }
    }
}
