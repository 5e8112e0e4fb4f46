package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads get_current_selfmenu_info, where {@code sub_button} is an object with a list; an array is taken as well. */
final class SelfMenuReader {
    private SelfMenuReader() {}

    static SelfMenu selfMenu(JsonNode answer) {
        return new SelfMenu(
                JsonFields.of(answer).text("is_menu_open").equals("1"),
                buttons(answer.path("selfmenu_info").path("button")));
    }

    private static List<SelfButton> buttons(JsonNode list) {
        return MenuJson.list(list).stream().map(SelfMenuReader::button).toList();
    }

    private static SelfButton button(JsonNode json) {
        JsonNode children = json.path("sub_button");
        JsonNode list = children.isObject() ? children.path("list") : children;
        return list.isArray() && !list.isEmpty()
                ? new SelfButton.SubMenu(JsonFields.of(json).text("name"), buttons(list))
                : leaf(json, JsonFields.of(json));
    }

    private static SelfButton leaf(JsonNode json, JsonFields fields) {
        String name = fields.text("name");
        String value = fields.text("value");
        return switch (fields.text("type")) {
            case "text" -> new SelfButton.Text(name, value);
            case "img", "photo" -> new SelfButton.Image(name, value);
            case "voice" -> new SelfButton.Voice(name, value);
            case "video" -> new SelfButton.Video(name, value);
            case "news" ->
                new SelfButton.News(name, value, articles(json.path("news_info").path("list")));
            default -> new SelfButton.OfApi(MenuJson.leaf(json));
        };
    }

    private static List<SelfButton.Article> articles(JsonNode list) {
        return MenuJson.list(list).stream()
                .map(JsonFields::of)
                .map(article -> new SelfButton.Article(
                        article.text("title"),
                        article.text("author"),
                        article.text("digest"),
                        article.text("show_cover").equals("1"),
                        article.text("cover_url"),
                        article.text("content_url"),
                        article.text("source_url")))
                .toList();
    }
}
