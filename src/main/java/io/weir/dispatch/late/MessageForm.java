package io.weir.dispatch.late;

import io.weir.client.calls.CustomerMessage;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.Image;
import io.weir.wechat.message.Reply.Music;
import io.weir.wechat.message.Reply.News;
import io.weir.wechat.message.Reply.Text;
import io.weir.wechat.message.Reply.Voice;
import java.util.Optional;

/** A reply as a customer-service message. */
public final class MessageForm {
    private MessageForm() {}

    /**
     * The message; empty where there is none: a video needs a picture that a reply does not have, music an address, and
     * handing over to the staff is no message. Of news only the first card can be sent.
     */
    public static Optional<CustomerMessage> of(Reply reply) {
        if (reply instanceof Text text && !text.content().isEmpty()) {
            return Optional.of(new CustomerMessage.Text(text.content()));
        }
        if (reply instanceof Image image) {
            return Optional.of(new CustomerMessage.Image(image.mediaId()));
        }
        if (reply instanceof Voice voice) {
            return Optional.of(new CustomerMessage.Voice(voice.mediaId()));
        }
        if (reply instanceof News news) {
            Article first = news.articles().get(0);
            return Optional.of(
                    new CustomerMessage.News(first.title(), first.description(), first.url(), first.picUrl()));
        }
        return reply instanceof Music music ? of(music) : Optional.empty();
    }

    private static Optional<CustomerMessage> of(Music music) {
        Optional<String> url = music.musicUrl().or(music::hqMusicUrl);
        return url.map(any -> new CustomerMessage.Music(
                any, music.hqMusicUrl().orElse(any), music.thumbMediaId(), music.title(), music.description()));
    }
}
