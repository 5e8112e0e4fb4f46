package io.weir.wechat.menu;

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
 * @param reader makes the record
 */
record ButtonType(String wireName, List<String> fields, Function<Fields, Button> reader) {
    static final Map<String, ButtonType> ALL = Stream.of(
                    with("click", "key", Button.Click::new),
                    with("view", "url", Button.View::new),
                    new ButtonType("miniprogram", List.of("url", "appid", "pagepath"), ButtonType::miniprogram),
                    with("scancode_push", "key", Button.ScancodePush::new),
                    with("scancode_waitmsg", "key", Button.ScancodeWaitmsg::new),
                    with("pic_sysphoto", "key", Button.PicSysphoto::new),
                    with("pic_photo_or_album", "key", Button.PicPhotoOrAlbum::new),
                    with("pic_weixin", "key", Button.PicWeixin::new),
                    with("location_select", "key", Button.LocationSelect::new),
                    with("media_id", "media_id", Button.MediaId::new),
                    with("view_limited", "media_id", Button.ViewLimited::new),
                    with("article_id", "article_id", Button.ArticleId::new),
                    with("article_view_limited", "article_id", Button.ArticleViewLimited::new))
            .collect(Collectors.toUnmodifiableMap(ButtonType::wireName, Function.identity()));

    private static ButtonType with(String wireName, String field, BiFunction<String, String, Button> record) {
        return new ButtonType(wireName, List.of(field), json -> record.apply(json.text("name"), json.text(field)));
    }

    private static Button miniprogram(Fields json) {
        return new Button.Miniprogram(json.text("name"), json.text("url"), json.text("appid"), json.text("pagepath"));
    }

    static Optional<ButtonType> find(String wireName) {
        return Optional.ofNullable(ALL.get(wireName));
    }
}
