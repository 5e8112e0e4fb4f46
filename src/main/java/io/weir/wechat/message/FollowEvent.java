package io.weir.wechat.message;

import java.util.Optional;

/** A user follows, scans the account's QR code or stops following (messages-and-events.md §3). */
public sealed interface FollowEvent extends Event {

    /**
     * A new follower.
     *
     * @param head what all pushes carry
     * @param eventKey {@code EventKey}: {@code qrscene_} and the scene when a QR code led here; {@code last_trade_no_…},
     *     {@code scanbarcode|…} and others were seen
     * @param ticket {@code Ticket} of the QR code
     */
    record Subscribe(Head head, Optional<String> eventKey, Optional<String> ticket) implements FollowEvent {
        private static final String SCENE_PREFIX = "qrscene_";

        Subscribe(PushFields in) {
            this(in.head(), in.optional("EventKey"), in.optionalId("Ticket"));
        }

        /** The scene of the QR code, without its prefix; the scene itself may begin with {@code qrscene_} as well. */
        public Optional<String> scene() {
            return eventKey.filter(key -> key.startsWith(SCENE_PREFIX) && key.length() > SCENE_PREFIX.length())
                    .map(key -> key.substring(SCENE_PREFIX.length()));
        }

        @Override
        public Optional<String> answerKey() {
            return scene();
        }
    }

    /**
     * A follower who left. WeChat asks that the user's data be deleted.
     *
     * @param head what all pushes carry
     * @param eventKey {@code EventKey}: mostly empty; {@code last_trade_no_…} was seen
     */
    record Unsubscribe(Head head, Optional<String> eventKey) implements FollowEvent {
        Unsubscribe(PushFields in) {
            this(in.head(), in.optional("EventKey"));
        }
    }

    /**
     * A follower who scanned a QR code of the account.
     *
     * @param head what all pushes carry
     * @param eventKey {@code EventKey}: the scene, without any prefix
     * @param ticket {@code Ticket} of the QR code; documented as always there, but an answer does not depend on it
     */
    record Scan(Head head, String eventKey, Optional<String> ticket) implements FollowEvent {
        Scan(PushFields in) {
            this(in.head(), in.text("EventKey"), in.optional("Ticket"));
        }

        /** The scene: an unsigned 32-bit number or 1 to 64 characters. */
        public String scene() {
            return eventKey;
        }

        @Override
        public Optional<String> answerKey() {
            return Optional.of(scene());
        }
    }
}
