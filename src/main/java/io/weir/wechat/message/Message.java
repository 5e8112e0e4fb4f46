package io.weir.wechat.message;

import java.util.Optional;

/** An ordinary message: something that a user sent (messages-and-events.md §2). All of them may be replied to. */
public sealed interface Message extends Push {

    /** What identifies the message. */
    MessageId id();

    /** {@code MsgId}: 64-bit decimal, unique per message of one sender. */
    default String msgId() {
        return id().msgId();
    }

    /**
     * A text.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param content {@code Content}: UTF-8, may hold newlines, emoji and WeChat's own {@code [微笑]} codes
     * @param bizMsgMenuId element bizmsgmenuid: entry of a {@code msgmenu} customer-service message that was tapped
     */
    record Text(Head head, MessageId id, String content, Optional<String> bizMsgMenuId) implements Message {
        Text(Fields in) {
            this(in.head(), new MessageId(in), in.text("Content"), in.optional("bizmsgmenuid"));
        }

        @Override
        public Optional<String> answerKey() {
            return Optional.of(content);
        }
    }
}
