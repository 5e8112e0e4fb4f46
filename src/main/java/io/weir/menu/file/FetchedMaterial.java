package io.weir.menu.file;

import io.vertx.core.buffer.Buffer;
import io.weir.client.Media;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary material that was fetched to lie beside a menu file.
 *
 * @param fileName such as {@code menu-image-1.png}: the ending is that of the bytes where they tell, else of what came
 */
public record FetchedMaterial(String fileName, Buffer bytes) {
    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", ".png",
            "image/jpeg", ".jpg",
            "image/gif", ".gif",
            "image/bmp", ".bmp",
            "audio/amr", ".amr",
            "audio/mpeg", ".mp3",
            "audio/mp3", ".mp3",
            "video/mp4", ".mp4");
    private static final Pattern ENDING = Pattern.compile(".*(\\.[A-Za-z0-9]{1,4})");

    /** @param number of all material of the menu, from 1 */
    static FetchedMaterial of(TemporaryMaterial material, int number, Media media) {
        return new FetchedMaterial("menu-" + material.kind() + '-' + number + ending(media), media.bytes());
    }

    private static String ending(Media media) {
        return ImageFile.contentType(media.bytes().getBytes())
                .or(() -> Optional.of(media.contentType()))
                .map(ENDINGS::get)
                .or(() -> media.fileName()
                        .map(ENDING::matcher)
                        .filter(Matcher::matches)
                        .map(name -> name.group(1)))
                .orElse("");
    }
}
