package io.weir.wechat.message;

import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a reply that others wrote for WeChat (replies.md §2): what WeChat would show, and as tolerantly. CDATA or not, blanks round a
 * value that is no text, elements that it does not know and any number as CreateTime are all the same to it.
 */
public final class ReplyXml {
    private static final Map<String, Kind> KINDS = Map.of(
            "text", root -> new Reply.Text(text(root, "Content")),
            "image", root -> new Reply.Image(id(inside(root, "Image"), "MediaId")),
            "voice", root -> new Reply.Voice(id(inside(root, "Voice"), "MediaId")),
            "video", root -> video(inside(root, "Video")),
            "music", root -> music(inside(root, "Music")),
            "news", ReplyXml::news,
            "transfer_customer_service", ReplyXml::transfer);

    private ReplyXml() {}

    /**
     * The reply.
     *
     * @param root of the document, decrypted
     * @param push what it answers: a reply to somebody else is none
     * @throws XmlException naming the rule that was broken
     */
    public static Reply read(XmlElement root, Push push) throws XmlException {
        if (!root.name().equals("xml")) {
            throw new XmlException("the root element is not xml");
        }
        if (!id(root, "ToUserName").equals(push.fromUserName())) {
            throw new XmlException("ToUserName is not the sender of the push");
        }
        id(root, "FromUserName");
        if (!id(root, "CreateTime").matches("[0-9]{1,16}")) {
            throw new XmlException("CreateTime is no number");
        }
        Kind kind = KINDS.get(id(root, "MsgType"));
        if (kind == null) {
            throw new XmlException("MsgType is none of a reply's");
        }
        return kind.read(root);
    }

    private static Reply video(XmlElement video) throws XmlException {
        return new Reply.Video(id(video, "MediaId"), filled(video, "Title"), filled(video, "Description"));
    }

    /** The address is {@code MusicUrl} in WeChat's samples and {@code MusicURL} in its table. */
    private static Reply music(XmlElement music) throws XmlException {
        Optional<String> url = filled(music, "MusicUrl");
        return new Reply.Music(
                id(music, "ThumbMediaId"),
                filled(music, "Title"),
                filled(music, "Description"),
                url.isPresent() ? url : filled(music, "MusicURL"),
                filled(music, "HQMusicUrl"));
    }

    private static Reply news(XmlElement root) throws XmlException {
        List<Article> articles = inside(root, "Articles").children("item").stream()
                .map(ReplyXml::article)
                .toList();
        if (articles.isEmpty()) {
            throw new XmlException("has no article");
        }
        return new Reply.News(articles);
    }

    private static Article article(XmlElement item) {
        return new Article(
                textOrEmpty(item, "Title"),
                textOrEmpty(item, "Description"),
                textOrEmpty(item, "PicUrl").strip(),
                textOrEmpty(item, "Url").strip());
    }

    private static Reply transfer(XmlElement root) {
        return new Reply.TransferToService(root.child("TransInfo")
                .flatMap(info -> filled(info, "KfAccount"))
                .map(String::strip));
    }

    private static XmlElement inside(XmlElement element, String name) throws XmlException {
        return element.child(name).orElseThrow(() -> new XmlException("has no " + name));
    }

    private static String text(XmlElement element, String name) throws XmlException {
        return inside(element, name).text();
    }

    private static String textOrEmpty(XmlElement element, String name) {
        return element.child(name).map(XmlElement::text).orElse("");
    }

    private static Optional<String> filled(XmlElement element, String name) {
        return element.child(name).map(XmlElement::text).filter(text -> !text.isEmpty());
    }

    private static String id(XmlElement element, String name) throws XmlException {
        if (element.children(name).size() > 1) {
            throw new XmlException("has " + name + " twice");
        }
        String value = text(element, name).strip();
        if (value.isEmpty()) {
            throw new XmlException("has an empty " + name);
        }
        return value;
    }

    /** How one kind is read. */
    @FunctionalInterface
    private interface Kind {
        Reply read(XmlElement root) throws XmlException;
    }
}
