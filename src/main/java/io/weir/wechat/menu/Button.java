package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * A button of a menu, a record per type (menu-api.md §2). A text that the JSON does not have is empty: that is what
 * WeChat makes of it.
 */
public sealed interface Button {
    /** What the user reads. */
    String name();

    /** The wire's {@code type}; empty for a {@link SubMenu}, which has none. */
    default String type() {
        return ButtonType.nameOf(getClass());
    }

    /** The button as menu/create takes it. */
    ObjectNode toJson();

    /** The button itself, or what a sub-menu contains. */
    default Stream<Button> leaves() {
        return Stream.of(this);
    }

    private static ObjectNode typed(Button button) {
        return JsonNodeFactory.instance.objectNode().put("type", button.type()).put("name", button.name());
    }

    /** A button whose tap is pushed as an event with a key. */
    sealed interface Keyed extends Button {
        /** Comes back as EventKey. */
        String key();

        @Override
        default ObjectNode toJson() {
            return typed(this).put("key", key());
        }
    }

    /** A button that shows permanent material; nothing is pushed. */
    sealed interface OfMaterial extends Button {
        String mediaId();

        @Override
        default ObjectNode toJson() {
            return typed(this).put("media_id", mediaId());
        }
    }

    /** A button that shows a published article; nothing is pushed. */
    sealed interface OfArticle extends Button {
        String articleId();

        @Override
        default ObjectNode toJson() {
            return typed(this).put("article_id", articleId());
        }
    }

    /** {@code click}: pushes CLICK. */
    record Click(String name, String key) implements Keyed {}

    /** {@code view}: opens a page. */
    record View(String name, String url) implements Button {
        @Override
        public ObjectNode toJson() {
            return typed(this).put("url", url);
        }
    }

    /**
     * {@code miniprogram}: opens a mini program.
     *
     * @param url the page for clients too old for mini programs
     * @param pagepath the page inside the mini program; may have a query
     */
    record Miniprogram(String name, String url, String appid, String pagepath) implements Button {
        @Override
        public ObjectNode toJson() {
            return typed(this).put("url", url).put("appid", appid).put("pagepath", pagepath);
        }
    }

    /** {@code scancode_push}: scans, shows the result and pushes it. */
    record ScancodePush(String name, String key) implements Keyed {}

    /** {@code scancode_waitmsg}: scans, pushes the result and waits for an answer. */
    record ScancodeWaitmsg(String name, String key) implements Keyed {}

    /** {@code pic_sysphoto}: the camera. */
    record PicSysphoto(String name, String key) implements Keyed {}

    /** {@code pic_photo_or_album}: the camera or the album, as the user chooses. */
    record PicPhotoOrAlbum(String name, String key) implements Keyed {}

    /** {@code pic_weixin}: WeChat's album. */
    record PicWeixin(String name, String key) implements Keyed {}

    /** {@code location_select}: a place on the map. */
    record LocationSelect(String name, String key) implements Keyed {}

    /** {@code media_id}: WeChat sends the image, voice, video or news. */
    record MediaId(String name, String mediaId) implements OfMaterial {}

    /** {@code view_limited}: opens the news; replaced by {@link ArticleViewLimited}. */
    record ViewLimited(String name, String mediaId) implements OfMaterial {}

    /** {@code article_id}: WeChat sends the article as a card. */
    record ArticleId(String name, String articleId) implements OfArticle {}

    /** {@code article_view_limited}: opens the article. */
    record ArticleViewLimited(String name, String articleId) implements OfArticle {}

    /** A first-level button that opens others. */
    record SubMenu(String name, List<Button> buttons) implements Button {
        public SubMenu {
            buttons = List.copyOf(buttons);
        }

        @Override
        public Stream<Button> leaves() {
            return buttons.stream().flatMap(Button::leaves);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
            ArrayNode list = json.putArray("sub_button");
            buttons.forEach(button -> list.add(button.toJson()));
            return json;
        }
    }

    /**
     * A type that menu-api.md does not have, or none at all. Kept as it came.
     *
     * @param fields what it has besides {@code type} and {@code name}, in the order of the JSON; not to be changed
     */
    record Other(String type, String name, ObjectNode fields) implements Button {
        public Other {
            fields = fields.deepCopy();
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (!type.isEmpty()) {
                json.put("type", type);
            }
            json.put("name", name);
            json.setAll(fields.deepCopy());
            return json;
        }
    }
}
