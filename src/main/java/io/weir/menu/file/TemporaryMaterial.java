package io.weir.menu.file;

import io.weir.wechat.menu.SelfButton;
import io.weir.wechat.menu.SelfMenu;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Material that a button of a menu of WeChat's website shows, and that can be fetched for three days only (menu-api.md §7).
 *
 * @param kind {@code image}, {@code voice} or {@code video}
 * @param value the media_id of an image or a voice, the link of a video; another one at each call
 * @param button what it belongs to
 */
record TemporaryMaterial(String kind, String value, String button) {
    boolean isLink() {
        return kind.equals("video");
    }

    /** All that a menu has, each once, in the order of the screen. */
    static List<TemporaryMaterial> of(SelfMenu menu) {
        return menu.buttons().stream().flatMap(TemporaryMaterial::of).distinct().toList();
    }

    private static Stream<TemporaryMaterial> of(SelfButton button) {
        return button instanceof SelfButton.SubMenu menu
                ? menu.buttons().stream().flatMap(TemporaryMaterial::of)
                : ofLeaf(button).stream();
    }

    static Optional<TemporaryMaterial> ofLeaf(SelfButton button) {
        if (button instanceof SelfButton.Image image) {
            return Optional.of(new TemporaryMaterial("image", image.mediaId(), image.name()));
        }
        if (button instanceof SelfButton.Voice voice) {
            return Optional.of(new TemporaryMaterial("voice", voice.mediaId(), voice.name()));
        }
        return button instanceof SelfButton.Video video
                ? Optional.of(new TemporaryMaterial("video", video.url(), video.name()))
                : Optional.empty();
    }
}
