package io.weir.wechat.message;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** An ordinary message: something that a user sent (messages-and-events.md §2). All of them may be replied to. */
public sealed interface Message extends Push {

    /** What identifies the message. */
    MessageId id();

    /** {@code MsgId}: 64-bit decimal, unique per message of one sender. */
    default String msgId() {
        return id().msgId();
    }

    /** {@code MsgDataId}: message data of the article that the message comes from. */
    default Optional<String> msgDataId() {
        return id().msgDataId();
    }

    /** {@code Idx}: number of that article in a post of several, from 1. */
    default OptionalInt idx() {
        return id().idx();
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
        Text(PushFields in) {
            this(in.head(), new MessageId(in), in.text("Content"), in.optionalId("bizmsgmenuid"));
        }

        @Override
        public Optional<String> answerKey() {
            return Optional.of(content);
        }
    }

    /**
     * A picture.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param picUrl {@code PicUrl}: link that WeChat generated
     * @param mediaId {@code MediaId}: kept three days; very old pushes have none
     */
    record Image(Head head, MessageId id, String picUrl, Optional<String> mediaId) implements Message {
        Image(PushFields in) {
            this(in.head(), new MessageId(in), in.text("PicUrl"), in.optionalId("MediaId"));
        }
    }

    /**
     * A voice recording.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param mediaId {@code MediaId}: AMR at 8 kHz, kept three days
     * @param format {@code Format}: {@code amr}, {@code speex}, …
     * @param mediaId16K {@code MediaId16K}: the same at 16 kHz, for newer accounts
     * @param recognition {@code Recognition}: what was said, where recognition was switched on; newer pushes carry it empty
     */
    record Voice(
            Head head,
            MessageId id,
            String mediaId,
            String format,
            Optional<String> mediaId16K,
            Optional<String> recognition)
            implements Message {
        Voice(PushFields in) {
            this(
                    in.head(),
                    new MessageId(in),
                    in.text("MediaId"),
                    in.text("Format"),
                    in.optionalId("MediaId16K"),
                    in.optional("Recognition"));
        }
    }

    /**
     * A video.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param mediaId {@code MediaId}: kept three days
     * @param thumbMediaId {@code ThumbMediaId}: its thumbnail
     */
    record Video(Head head, MessageId id, String mediaId, String thumbMediaId) implements Message {
        Video(PushFields in) {
            this(in.head(), new MessageId(in), in.text("MediaId"), in.text("ThumbMediaId"));
        }
    }

    /**
     * A video recorded within WeChat.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param mediaId {@code MediaId}: kept three days
     * @param thumbMediaId {@code ThumbMediaId}: its thumbnail
     */
    record ShortVideo(Head head, MessageId id, String mediaId, String thumbMediaId) implements Message {
        ShortVideo(PushFields in) {
            this(in.head(), new MessageId(in), in.text("MediaId"), in.text("ThumbMediaId"));
        }
    }

    /**
     * A place that the user sent; not to be taken for {@link LocationReport}.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param x {@code Location_X}: latitude in degrees, as written
     * @param y {@code Location_Y}: longitude in degrees, as written
     * @param scale {@code Scale}: zoom of the map
     * @param label {@code Label}: address, may be empty
     */
    record Location(Head head, MessageId id, BigDecimal x, BigDecimal y, int scale, String label) implements Message {
        Location(PushFields in) {
            this(
                    in.head(),
                    new MessageId(in),
                    in.decimal("Location_X"),
                    in.decimal("Location_Y"),
                    in.integer("Scale"),
                    in.text("Label"));
        }
    }

    /**
     * A link, for example a shared article.
     *
     * @param head what all pushes carry
     * @param id what identifies the message
     * @param title {@code Title}, may be empty
     * @param description {@code Description}, may be empty
     * @param url {@code Url}, may be empty
     */
    record Link(Head head, MessageId id, String title, String description, String url) implements Message {
        Link(PushFields in) {
            this(in.head(), new MessageId(in), in.text("Title"), in.text("Description"), in.text("Url"));
        }
    }
}
