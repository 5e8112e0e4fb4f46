package io.weir.rules;

import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.message.Event;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.ReplyLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one reply, a method for each kind. */
final class DraftReader {
    static final String AN_ARTICLE = "{ title: \"…\", description: \"…\", picUrl: \"…\", url: \"…\" }";

    private final Section section;

    private final Placeholders placeholders;
    private final boolean toMessage;
    private final boolean toEvent;

    /** For the map that is the reply. */
    DraftReader(Section reply, Placeholders placeholders) {
        this.section = reply;
        this.placeholders = placeholders;
        this.toMessage = placeholders.areOf(Message.class);
        this.toEvent = placeholders.areOf(Event.class);
    }

    Draft text() {
        String content = section.text("text", "");
        if (content.isBlank() && (section.isSingleValue("text") || !section.has("text"))) {
            section.problem(
                    "text",
                    "expected a text: for an empty one WeChat may show its fault notice",
                    "write { none: true } to answer nothing");
        }
        Template template = TemplateReader.read(section, "text", content, placeholders);
        int bytes = template.literalText().getBytes(StandardCharsets.UTF_8).length;
        if (template.isFixed() && bytes > ReplyLimits.TEXT_BYTES) {
            section.warning(
                    "text",
                    "expected at most " + ReplyLimits.TEXT_BYTES + " bytes of UTF-8, these are " + bytes,
                    "only the first are sent");
        }
        return text -> Optional.of(text.apply(template))
                .filter(each -> !each.isEmpty())
                .map(Reply::text)
                .orElse(Reply.NONE);
    }

    Draft image() {
        return medium(texts(section).required("image"), (id, text) -> new Reply.Image(id));
    }

    Draft voice() {
        return medium(texts(section).required("voice"), (id, text) -> new Reply.Voice(id));
    }

    Draft video() {
        Texts texts = nested("video", "{ mediaId: \"…\" }");
        Template id = texts.required("mediaId");
        Optional<Template> title = texts.optional("title");
        Optional<Template> description = texts.optional("description");
        texts.refuseUnknownKeys();
        return medium(id, (media, text) -> new Reply.Video(media, filled(title, text), filled(description, text)));
    }

    Draft music() {
        Texts texts = nested("music", "{ thumbMediaId: \"…\", url: \"…\" }");
        Template id = texts.required("thumbMediaId");
        Optional<Template> title = texts.optional("title");
        Optional<Template> description = texts.optional("description");
        Optional<Template> url = texts.optional("url");
        Optional<Template> hqUrl = texts.optional("hqUrl");
        texts.refuseUnknownKeys();
        return medium(
                id,
                (thumb, text) -> new Reply.Music(
                        thumb, filled(title, text), filled(description, text), filled(url, text), filled(hqUrl, text)));
    }

    Draft news() {
        if (!section.isList("news")) {
            section.problem("news", "expected a list of articles", "write [" + AN_ARTICLE + "]");
            return text -> Reply.NONE;
        }
        List<ArticleDraft> articles = section.list("news").stream()
                .map(each -> ArticleDraft.read(texts(each)))
                .toList();
        int most = toMessage ? ReplyLimits.ARTICLES_TO_A_MESSAGE : ReplyLimits.ARTICLES_TO_AN_EVENT;
        if (articles.size() > most) {
            section.warning(
                    "news",
                    "expected at most " + most + " here, these are " + articles.size() + " articles",
                    "only the first " + (most == 1 ? "is" : most + " are") + " sent");
        }
        return text ->
                new Reply.News(articles.stream().map(each -> each.with(text)).toList());
    }

    Draft transferToService() {
        if (toEvent) {
            section.warning(
                    "transferToService",
                    "expected in answer to messages only: WeChat says not to hand events over",
                    "agents would see entries without sense");
        }
        if (section.isSingleValue("transferToService")) {
            only("transferToService", "expected true, nothing or a map", "{ account: \"…\" }");
            return text -> new Reply.TransferToService(Optional.empty());
        }
        Texts texts = texts(section.section("transferToService"));
        Optional<Template> account = texts.optional("account");
        texts.refuseUnknownKeys();
        return text -> new Reply.TransferToService(filled(account, text));
    }

    Draft none() {
        only("none", "expected true", "none: true");
        return text -> Reply.NONE;
    }

    private void only(String key, String rule, String example) {
        boolean isTrue = section.text(key, "").equals("true");
        if (!isTrue && (section.isSingleValue(key) || !section.has(key))) {
            section.problem(key, rule, "write " + example);
        }
    }

    private Texts nested(String kind, String example) {
        if (section.isSingleValue(kind)) {
            section.problem(kind, "expected a map", "write " + example);
            return Texts.none(placeholders);
        }
        return texts(section.section(kind));
    }

    private Texts texts(Section of) {
        return new Texts(of, placeholders);
    }

    private static Draft medium(Template id, Medium kind) {
        return text -> {
            String media = text.apply(id);
            return media.isBlank() ? Reply.NONE : kind.reply(media, text);
        };
    }

    private static Optional<String> filled(Optional<Template> template, Function<Template, String> text) {
        return template.map(text).filter(each -> !each.isEmpty());
    }

    /** Makes the reply of a media id that is not blank. */
    private interface Medium {
        Reply reply(String mediaId, Function<Template, String> text);
    }

    /** One card of a news reply whose texts are still templates. */
    record ArticleDraft(Template title, Template description, Template picUrl, Template url) {

        static ArticleDraft read(Texts texts) {
            ArticleDraft article = new ArticleDraft(
                    texts.required("title"),
                    texts.present("description"),
                    texts.present("picUrl"),
                    texts.present("url"));
            texts.refuseUnknownKeys();
            return article;
        }

        Article with(Function<Template, String> text) {
            return new Article(text.apply(title), text.apply(description), text.apply(picUrl), text.apply(url));
        }
    }

    /** The values of one map, read as templates for one kind of push. */
    record Texts(Section section, Placeholders placeholders) {

        /** No map at all; what it lacks is not reported. */
        static Texts none(Placeholders placeholders) {
            return new Texts(Section.parse("", "", new Problems()), placeholders);
        }

        /** A missing or blank text is a problem. */
        Template required(String key) {
            return template(key, section.required(key));
        }

        /** A missing text is a problem, an empty one is not. */
        Template present(String key) {
            if (!section.has(key)) {
                section.problem(key, "expected a text", "write " + key + ": \"\" for none");
            }
            return template(key, section.text(key, ""));
        }

        Optional<Template> optional(String key) {
            return section.text(key).map(text -> template(key, text));
        }

        void refuseUnknownKeys() {
            section.refuseUnknownKeys();
        }

        private Template template(String key, String text) {
            return TemplateReader.read(section, key, text, placeholders);
        }
    }
}
