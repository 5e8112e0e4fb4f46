package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.MenuJson.JsonFields;
import java.util.List;
import java.util.Optional;

/**
 * The menu in force, whoever made it, as get_current_selfmenu_info tells (menu-api.md §7). Not the personalised ones.
 *
 * @param isOpen {@code is_menu_open}; the buttons may be there still when it is not
 */
public record SelfMenu(boolean isOpen, List<SelfButton> buttons) {
    public SelfMenu {
        buttons = List.copyOf(buttons);
    }

    /** The same as menu/create would take it; empty when a button's type can only be made on the website. */
    public Optional<Menu> asMenu() {
        List<Button> converted =
                buttons.stream().flatMap(button -> button.asButton().stream()).toList();
        return converted.size() == buttons.size() ? Optional.of(new Menu(converted)) : Optional.empty();
    }

    /** Without the temporary ids and links, which differ at every call: two of these can be compared. */
    public SelfMenu withoutTemporaryValues() {
        return new SelfMenu(
                isOpen, buttons.stream().map(SelfButton::withoutTemporaryValues).toList());
    }

    /** Reads get_current_selfmenu_info, where {@code sub_button} is an object with a list; an array is taken as well. */
    static final class SelfMenuReader {
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
                    new SelfButton.News(
                            name, value, articles(json.path("news_info").path("list")));
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
}
