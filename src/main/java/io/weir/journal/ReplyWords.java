package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.Image;
import io.weir.wechat.message.Reply.Music;
import io.weir.wechat.message.Reply.News;
import io.weir.wechat.message.Reply.Text;
import io.weir.wechat.message.Reply.TransferToService;
import io.weir.wechat.message.Reply.Video;
import io.weir.wechat.message.Reply.Voice;
import io.weir.wechat.message.ReplyXml;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a person was answered, in the words of replies.yaml, to be drawn as a bubble; masked as {@link ReplyView} masks the XML.
 *
 * @param push that is answered
 * @param hidden whether a reply may repeat what the person said
 * @param revealed whether the operator asks for it
 */
record ReplyWords(Push push, boolean hidden, boolean revealed) {
    /** A reply as WeChat read it; empty where that is no message. */
    Optional<ObjectNode> sent(String text) {
        if (!text.startsWith("<")) {
            return Optional.empty();
        }
        try {
            byte[] document = text.getBytes(StandardCharsets.UTF_8);
            return Optional.of(json(ReplyXml.read(XmlReader.read(document).root(), push)));
        } catch (XmlException | IllegalArgumentException cut) {
            return Optional.empty();
        }
    }

    /** A reply that went out as a customer-service message, which has one card at most. */
    ObjectNode message(Reply reply) {
        return json(
                reply instanceof News news ? new News(List.of(news.articles().get(0))) : reply);
    }

    private ObjectNode json(Reply reply) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (reply instanceof Text text) {
            json.put("text", shown(text.content()));
        } else if (reply instanceof Image image) {
            json.put("image", shown(image.mediaId()));
        } else if (reply instanceof Voice voice) {
            json.put("voice", shown(voice.mediaId()));
        } else if (reply instanceof Video video) {
            ObjectNode inside = json.putObject("video").put("mediaId", shown(video.mediaId()));
            put(inside, "title", video.title());
            put(inside, "description", video.description());
        } else if (reply instanceof Music music) {
            ObjectNode inside = json.putObject("music").put("thumbMediaId", shown(music.thumbMediaId()));
            put(inside, "title", music.title());
            put(inside, "description", music.description());
            put(inside, "url", music.musicUrl());
        } else if (reply instanceof News news) {
            ArrayNode cards = json.putArray("news");
            news.articles().forEach(article -> cards.add(card(article)));
        } else if (reply instanceof TransferToService transfer) {
            put(json.putObject("transferToService"), "account", transfer.kfAccount());
        }
        return json;
    }

    private ObjectNode card(Article article) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("title", shown(article.title()))
                .put("description", shown(article.description()))
                .put("url", shown(article.url()));
    }

    private void put(ObjectNode to, String name, Optional<String> value) {
        value.ifPresent(text -> to.put(name, shown(text)));
    }

    private String shown(String text) {
        if (revealed || text.isBlank()) {
            return text;
        }
        return hidden ? PersonalDataMasks.TEXT : PersonalDataMasks.openIds(text, push);
    }
}
