package io.weir.rules;

import io.weir.wechat.message.Reply.Article;
import java.util.function.Function;

/** One card of a news reply whose texts are still templates. */
record ArticleDraft(Template title, Template description, Template picUrl, Template url) {

    static ArticleDraft read(Texts texts) {
        ArticleDraft article = new ArticleDraft(
                texts.required("title"), texts.present("description"), texts.present("picUrl"), texts.present("url"));
        texts.refuseUnknownKeys();
        return article;
    }

    Article with(Function<Template, String> text) {
        return new Article(text.apply(title), text.apply(description), text.apply(picUrl), text.apply(url));
    }
}
