package io.weir.wechat.menu;

import io.weir.wechat.menu.MenuJson.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type that menu/create takes (menu-api.md §2).
 *
 * @param fields its own fields, all required
 * @param kind the record
 * @param reader makes it
 */
record ButtonType(
        String wireName, List<String> fields, Class<? extends Button> kind, Function<JsonFields, Button> reader) {
    static final Map<String, ButtonType> ALL = Stream.of(
                    with("click", "key", Button.Click.class, Button.Click::new),
                    with("view", "url", Button.View.class, Button.View::new),
                    new ButtonType(
                            "miniprogram",
                            List.of("url", "appid", "pagepath"),
                            Button.Miniprogram.class,
                            ButtonType::miniprogram),
                    with("scancode_push", "key", Button.ScancodePush.class, Button.ScancodePush::new),
                    with("scancode_waitmsg", "key", Button.ScancodeWaitmsg.class, Button.ScancodeWaitmsg::new),
                    with("pic_sysphoto", "key", Button.PicSysphoto.class, Button.PicSysphoto::new),
                    with("pic_photo_or_album", "key", Button.PicPhotoOrAlbum.class, Button.PicPhotoOrAlbum::new),
                    with("pic_weixin", "key", Button.PicWeixin.class, Button.PicWeixin::new),
                    with("location_select", "key", Button.LocationSelect.class, Button.LocationSelect::new),
                    with("media_id", "media_id", Button.MediaId.class, Button.MediaId::new),
                    with("view_limited", "media_id", Button.ViewLimited.class, Button.ViewLimited::new),
                    with("article_id", "article_id", Button.ArticleId.class, Button.ArticleId::new),
                    with(
                            "article_view_limited",
                            "article_id",
                            Button.ArticleViewLimited.class,
                            Button.ArticleViewLimited::new))
            .collect(Collectors.toUnmodifiableMap(ButtonType::wireName, Function.identity()));

    private static final Map<Class<?>, String> NAMES =
            ALL.values().stream().collect(Collectors.toUnmodifiableMap(ButtonType::kind, ButtonType::wireName));

    private static ButtonType with(
            String wireName, String field, Class<? extends Button> kind, BiFunction<String, String, Button> record) {
        return new ButtonType(
                wireName, List.of(field), kind, json -> record.apply(json.text("name"), json.text(field)));
    }

    private static Button miniprogram(JsonFields json) {
        return new Button.Miniprogram(json.text("name"), json.text("url"), json.text("appid"), json.text("pagepath"));
    }

    /** Empty for a record that is none of these. */
    static String nameOf(Class<? extends Button> kind) {
        return NAMES.getOrDefault(kind, "");
    }

    static Optional<ButtonType> find(String wireName) {
        return Optional.ofNullable(ALL.get(wireName));
    }
}
