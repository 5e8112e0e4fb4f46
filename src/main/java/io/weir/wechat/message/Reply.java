package io.weir.wechat.message;

import io.weir.wechat.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/**
 * What an account answers to a push, as the HTTP response (replies.md §2). Sender, receiver and time are not its
 * business: they are the push's, exchanged.
 *
 * <p>The constructors refuse what WeChat would answer with its fault notice: a medium without an id, news without an
 * article.
 */
public sealed interface Reply {

    /** Nothing to say: {@code success}. */
    Reply NONE = new None();

    /** A text reply. */
    public static Reply text(String content) {
        return new Text(content);
    }

    /** What a custom handler says of a push that it leaves to {@code replies.yaml}. Anywhere else it says nothing. */
    public static Reply configured() {
        return Configured.INSTANCE;
    }

    /** Writes MsgType and what the kind has; the head is written by {@link ReplyWriter}. */
    void writeTo(XmlWriter out);

    /**
     * A text; newlines show, {@code <a href>} links work.
     *
     * @param content at most {@value ReplyLimits#TEXT_BYTES} bytes of UTF-8 are sent; empty is answered as {@link None}
     */
    record Text(String content) implements Reply {
        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "text").text("Content", content);
        }
    }

    /**
     * A picture.
     *
     * @param mediaId a picture of this account, temporary or permanent
     */
    record Image(String mediaId) implements Reply {
        public Image {
            required(mediaId, "mediaId");
        }

        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "image").open("Image").text("MediaId", mediaId).close("Image");
        }
    }

    /**
     * A voice recording.
     *
     * @param mediaId a voice recording of this account
     */
    record Voice(String mediaId) implements Reply {
        public Voice {
            required(mediaId, "mediaId");
        }

        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "voice").open("Voice").text("MediaId", mediaId).close("Voice");
        }
    }

    /**
     * A video.
     *
     * @param mediaId a video of this account
     */
    record Video(String mediaId, Optional<String> title, Optional<String> description) implements Reply {
        public Video {
            required(mediaId, "mediaId");
        }

        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "video").open("Video").text("MediaId", mediaId);
            title.ifPresent(value -> out.text("Title", value));
            description.ifPresent(value -> out.text("Description", value));
            out.close("Video");
        }
    }

    /**
     * A piece of music.
     *
     * @param thumbMediaId picture beside it, the one thing required
     * @param musicUrl {@code MusicUrl}, so spelt in WeChat's samples, though not in its table
     * @param hqMusicUrl preferred on Wi-Fi
     */
    record Music(
            String thumbMediaId,
            Optional<String> title,
            Optional<String> description,
            Optional<String> musicUrl,
            Optional<String> hqMusicUrl)
            implements Reply {
        public Music {
            required(thumbMediaId, "thumbMediaId");
        }

        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "music").open("Music");
            title.ifPresent(value -> out.text("Title", value));
            description.ifPresent(value -> out.text("Description", value));
            musicUrl.ifPresent(value -> out.text("MusicUrl", value));
            hqMusicUrl.ifPresent(value -> out.text("HQMusicUrl", value));
            out.text("ThumbMediaId", thumbMediaId).close("Music");
        }
    }

    /**
     * News cards.
     *
     * @param articles at least one; how many are sent depends on the push, see {@link ReplyLimits}
     */
    record News(List<Article> articles) implements Reply {
        public News {
            articles = List.copyOf(articles);
            if (articles.isEmpty()) {
                throw new IllegalArgumentException("a news reply needs at least one article");
            }
        }

        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "news").number("ArticleCount", articles.size()).open("Articles");
            articles.forEach(article -> article.writeTo(out));
            out.close("Articles");
        }
    }

    /** One card of a news reply; WeChat wants all four elements, empty ones are allowed. */
    record Article(String title, String description, String picUrl, String url) {
        private void writeTo(XmlWriter out) {
            out.open("item")
                    .text("Title", title)
                    .text("Description", description)
                    .text("PicUrl", picUrl)
                    .text("Url", url)
                    .close("item");
        }
    }

    /**
     * Hands the user's message over to the human customer service (replies.md §4). Meant for messages, not for events.
     *
     * @param kfAccount the agent, {@code name@account}; without one whoever is free
     */
    record TransferToService(Optional<String> kfAccount) implements Reply {
        @Override
        public void writeTo(XmlWriter out) {
            out.text("MsgType", "transfer_customer_service");
            kfAccount.ifPresent(
                    account -> out.open("TransInfo").text("KfAccount", account).close("TransInfo"));
        }
    }

    /** Nothing to say. */
    record None() implements Reply {
        @Override
        public void writeTo(XmlWriter out) {
            // "success" has no XML; see ReplyWriter.
        }
    }

    /** Left to {@code replies.yaml}: {@link #configured()}. */
    record Configured() implements Reply {
        private static final Reply INSTANCE = new Configured();

        @Override
        public void writeTo(XmlWriter out) {
            // Never sent; see ReplyWriter.
        }
    }

    private static void required(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
