package io.weir.dispatch.late;

import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What lets an account send customer-service messages to a user, and how many (token-and-server-api.md §8). */
public enum Grant {
    /** The user has sent a message. */
    MESSAGE(5, Duration.ofDays(2)),
    /** The user has tapped a button, in the menu or in a message. */
    MENU(3, Duration.ofMinutes(1)),
    /** The user has followed. */
    SUBSCRIBE(3, Duration.ofMinutes(1)),
    /** The user has scanned a QR code of the account. */
    SCAN(3, Duration.ofMinutes(1));

    private static final Map<PushType<?>, Grant> EVENTS = Map.of(
            PushType.CLICK, MENU,
            PushType.SCANCODE_PUSH, MENU,
            PushType.SCANCODE_WAITMSG, MENU,
            PushType.SUBSCRIBE, SUBSCRIBE,
            PushType.SCAN, SCAN);

    private final int messages;
    private final Duration window;

    Grant(int messages, Duration window) {
        this.messages = messages;
        this.window = window;
    }

    /** As API and pages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a push grants; of most events nothing. */
    public static Optional<Grant> of(Push push) {
        if (push instanceof Message.Text text && text.bizMsgMenuId().isPresent()) {
            return Optional.of(MENU);
        }
        return push instanceof Message ? Optional.of(MESSAGE) : Optional.ofNullable(EVENTS.get(push.type()));
    }

    /** How many messages it lets an account send. */
    public int messages() {
        return messages;
    }

    /** For how long. */
    public Duration window() {
        return window;
    }
}
