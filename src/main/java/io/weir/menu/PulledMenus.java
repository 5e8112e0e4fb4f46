package io.weir.menu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MatchRule;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.SelfButton;
import io.weir.wechat.menu.SelfMenu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A menu file made of what is live.
 *
 * @param tree what the file is to say; not to be changed
 * @param downloads temporary material that is to lie beside the file
 * @param remarks what could not be carried over, and what to do about it
 */
public record PulledMenus(ObjectNode tree, List<Download> downloads, List<String> remarks) {
    public PulledMenus {
        downloads = List.copyOf(downloads);
        remarks = List.copyOf(remarks);
    }

    /** The text of the file. */
    public String text(boolean asJson) {
        return asJson ? tree.toPrettyString() + "\n" : MenuYaml.write(tree, remarks);
    }

    /**
     * Temporary material.
     *
     * @param mediaId of img and voice; of a video the link
     * @param fileName without ending for a type that only the bytes tell
     */
    public record Download(String mediaId, boolean isLink, String fileName, String button) {}

    /**
     * Of menus that were made through the API.
     *
     * @param tagNames by id
     * @param legacy whether menus that match nobody any more are kept
     */
    public static PulledMenus of(LiveMenus live, Map<String, String> tagNames, boolean legacy) {
        ObjectNode tree = live.menu().map(MenuJson::write).orElseGet(JsonNodeFactory.instance::objectNode);
        List<String> remarks = new ArrayList<>();
        ObjectNode conditional = JsonNodeFactory.instance.objectNode();
        for (ConditionalMenu menu : live.conditional()) {
            if (menu.matchRule().isDead() && !legacy) {
                remarks.add("personalised menu " + menu.menuid().orElse("") + " is left out: "
                        + menu.matchRule().personalData().fields().keySet()
                        + " were withdrawn, it matches nobody and cannot be published again");
            } else {
                conditional.set(free(conditional, name(menu.matchRule(), tagNames)), body(menu, tagNames));
            }
        }
        if (!conditional.isEmpty()) {
            tree.set("conditional", conditional);
        }
        return new PulledMenus(tree, List.of(), remarks);
    }

    private static ObjectNode body(ConditionalMenu menu, Map<String, String> tagNames) {
        ObjectNode body = MenuJson.write(menu);
        Optional<String> tag = menu.matchRule().tagId().map(tagNames::get);
        if (tag.isPresent() && body.get("matchrule") instanceof ObjectNode rule) {
            rule.remove("tag_id");
            rule.put("tag", tag.get());
        }
        return body;
    }

    private static String name(MatchRule rule, Map<String, String> tagNames) {
        List<String> parts = new ArrayList<>();
        rule.tagId().ifPresent(id -> parts.add(tagNames.getOrDefault(id, "tag-" + id)));
        rule.clientPlatformType()
                .ifPresent(code -> parts.add(
                        switch (code) {
                            case "1" -> "ios";
                            case "2" -> "android";
                            default -> "others";
                        }));
        parts.addAll(rule.personalData().fields().values());
        return parts.isEmpty() ? "menu" : String.join("-", parts);
    }

    private static String free(ObjectNode taken, String name) {
        String free = name;
        for (int number = 2; taken.has(free); number++) {
            free = name + '-' + number;
        }
        return free;
    }

    /** Of a menu that was made on WeChat's website. */
    public static PulledMenus of(SelfMenu menu) {
        Conversion conversion = new Conversion();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("button", conversion.buttons(menu.buttons()));
        return new PulledMenus(tree, conversion.downloads, conversion.remarks);
    }

    /** The types of the website have no counterpart of the same name (menu-api.md §7). */
    private static final class Conversion {
        private final List<Download> downloads = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private int texts;

        ArrayNode buttons(List<SelfButton> buttons) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            buttons.forEach(button -> list.add(button(button)));
            return list;
        }

        private ObjectNode button(SelfButton button) {
            if (button instanceof SelfButton.SubMenu menu) {
                ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", menu.name());
                json.set("sub_button", buttons(menu.buttons()));
                return json;
            }
            if (button instanceof SelfButton.Text text) {
                return text(text);
            }
            if (button instanceof SelfButton.News news) {
                return new Button.MediaId(news.name(), news.mediaId()).toJson();
            }
            if (button instanceof SelfButton.Image image) {
                ObjectNode json = new Button.MediaId(image.name(), "").toJson();
                json.remove("media_id");
                return json.put("image", download(image.mediaId(), false, "image", image.name()));
            }
            if (button instanceof SelfButton.Voice voice) {
                return manual(voice.name(), "voice", download(voice.mediaId(), false, "voice", voice.name()));
            }
            if (button instanceof SelfButton.Video video) {
                return manual(video.name(), "video", download(video.url(), true, "video", video.name()));
            }
            return button.asButton().map(Button::toJson).orElseThrow();
        }

        private ObjectNode text(SelfButton.Text text) {
            texts++;
            String key = "PULLED_TEXT_" + texts;
            remarks.add("\"" + text.name()
                    + "\" answered with a text, which the API cannot: it is a click now. Add to the replies:"
                    + "\n  CLICK: { " + key + ": { text: "
                    + com.fasterxml.jackson.databind.node.TextNode.valueOf(text.text()) + " } }");
            return new Button.Click(text.name(), key).toJson();
        }

        private ObjectNode manual(String name, String type, String file) {
            remarks.add("\"" + name + "\" answered with a " + type + ": store " + file
                    + " (temporary material, gone after 3 days) as permanent material and write its media_id here");
            return new Button.MediaId(name, "").toJson();
        }

        private String download(String mediaId, boolean isLink, String kind, String button) {
            String file = "menu-" + kind + '-' + (downloads.size() + 1);
            downloads.add(new Download(mediaId, isLink, file, button));
            return file;
        }
    }
}
