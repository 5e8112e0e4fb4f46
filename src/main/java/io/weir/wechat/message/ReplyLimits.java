package io.weir.wechat.message;

import io.weir.wechat.message.Reply.News;
import io.weir.wechat.message.Reply.Text;
import io.weir.wechat.xml.XmlText;
import java.util.Optional;

/** Fits a reply to what WeChat takes, so that a reply that is too long is shown cut and not as the fault notice. */
public final class ReplyLimits {
    /** Bytes of UTF-8 in the Content of a text reply (replies.md §5; of an older official text, no newer limit is known). */
    public static final int TEXT_BYTES = 2048;

    /** News articles in the reply to a message (replies.md §3). */
    public static final int ARTICLES_TO_A_MESSAGE = 1;

    /** News articles in the reply to an event (replies.md §3). */
    public static final int ARTICLES_TO_AN_EVENT = 8;

    private ReplyLimits() {}

    /**
     * The reply as it may be sent to this push.
     *
     * <p>A text is cut at a code point; news are cut to one article for a message and eight for an event (replies.md §3);
     * a text without a character left becomes {@link Reply#NONE}, as does any reply to a kind that takes none.
     */
    public static Fitted fit(Reply reply, Push push) {
        if (!push.type().takesReply()) {
            return new Fitted(Reply.NONE, Optional.empty());
        }
        if (reply instanceof Text text) {
            return fitText(text);
        }
        if (reply instanceof News news) {
            return fitNews(news, push instanceof Message ? ARTICLES_TO_A_MESSAGE : ARTICLES_TO_AN_EVENT);
        }
        return new Fitted(reply, Optional.empty());
    }

    private static Fitted fitText(Text text) {
        String clean = XmlText.clean(text.content());
        String cut = XmlText.cut(clean, TEXT_BYTES);
        Reply reply = cut.isEmpty() ? Reply.NONE : cut.equals(text.content()) ? text : new Text(cut);
        return cut.length() == clean.length()
                ? new Fitted(reply, Optional.empty())
                : new Fitted(
                        reply, Optional.of("text of " + XmlText.utf8Length(clean) + " bytes cut to " + TEXT_BYTES));
    }

    private static Fitted fitNews(News news, int most) {
        int count = news.articles().size();
        return count <= most
                ? new Fitted(news, Optional.empty())
                : new Fitted(
                        new News(news.articles().subList(0, most)),
                        Optional.of("news of " + count + " articles cut to " + most));
    }

    /**
     * A reply that WeChat takes.
     *
     * @param cut what was cut away and why, for the operator; empty where nothing was
     */
    public record Fitted(Reply reply, Optional<String> cut) {}
}
