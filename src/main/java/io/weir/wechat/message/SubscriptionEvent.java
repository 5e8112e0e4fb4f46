package io.weir.wechat.message;

import java.util.List;

/**
 * What became of subscription notices (messages-and-events.md §5). The entries are {@code List} elements that repeat
 * inside a wrapper named after the event.
 */
public sealed interface SubscriptionEvent extends Event {

    /**
     * The user answered a pop-up that asked for permission.
     *
     * @param head what all pushes carry
     * @param list what was said of each template
     */
    record SubscribeMsgPopup(Head head, List<PopupAnswer> list) implements SubscriptionEvent {
        public SubscribeMsgPopup {
            list = List.copyOf(list);
        }

        SubscribeMsgPopup(PushFields in) {
            this(
                    in.head(),
                    in.child("SubscribeMsgPopupEvent").all("List").stream()
                            .map(PopupAnswer::new)
                            .toList());
        }
    }

    /**
     * What the user said of one template.
     *
     * @param templateId {@code TemplateId}
     * @param subscribeStatusString {@code SubscribeStatusString}: {@code accept} or {@code reject}
     * @param popupScene {@code PopupScene}: 1 web page, 2 article
     */
    record PopupAnswer(String templateId, String subscribeStatusString, int popupScene) {
        PopupAnswer(PushFields in) {
            this(in.id("TemplateId"), in.text("SubscribeStatusString"), in.integer("PopupScene"));
        }
    }

    /**
     * The user withdrew permissions in the notice management.
     *
     * @param head what all pushes carry
     * @param list what was changed
     */
    record SubscribeMsgChange(Head head, List<Change> list) implements SubscriptionEvent {
        public SubscribeMsgChange {
            list = List.copyOf(list);
        }

        SubscribeMsgChange(PushFields in) {
            this(
                    in.head(),
                    in.child("SubscribeMsgChangeEvent").all("List").stream()
                            .map(Change::new)
                            .toList());
        }
    }

    /**
     * A permission that the user changed.
     *
     * @param templateId {@code TemplateId}
     * @param subscribeStatusString {@code SubscribeStatusString}: only {@code reject} is sent
     */
    record Change(String templateId, String subscribeStatusString) {
        Change(PushFields in) {
            this(in.id("TemplateId"), in.text("SubscribeStatusString"));
        }
    }

    /**
     * Notices were delivered, or not.
     *
     * @param head what all pushes carry
     * @param list what became of each
     */
    record SubscribeMsgSent(Head head, List<Delivery> list) implements SubscriptionEvent {
        public SubscribeMsgSent {
            list = List.copyOf(list);
        }

        SubscribeMsgSent(PushFields in) {
            this(
                    in.head(),
                    in.child("SubscribeMsgSentEvent").all("List").stream()
                            .map(Delivery::new)
                            .toList());
        }
    }

    /**
     * What became of one notice.
     *
     * @param templateId {@code TemplateId}
     * @param msgId {@code MsgID}: 19 digits, kept as text
     * @param errorCode {@code ErrorCode}: 0 delivered
     * @param errorStatus {@code ErrorStatus}: the same in words
     */
    record Delivery(String templateId, String msgId, int errorCode, String errorStatus) {
        Delivery(PushFields in) {
            this(in.id("TemplateId"), in.id("MsgID"), in.integer("ErrorCode"), in.text("ErrorStatus"));
        }
    }
}
