package io.weir.simulator.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type of button that the API takes (menu-api.md §2).
 *
 * @param fields its own fields, in the order in which menu/get shows them
 * @param materials the kinds of material that it can show
 */
record PlatformButtonType(String name, List<String> fields, Set<String> materials) {
    private static final Map<String, PlatformButtonType> ALL = Stream.of(
                    with("click", "key"),
                    with("view", "url"),
                    with("miniprogram", "url", "appid", "pagepath"),
                    with("scancode_push", "key"),
                    with("scancode_waitmsg", "key"),
                    with("pic_sysphoto", "key"),
                    with("pic_photo_or_album", "key"),
                    with("pic_weixin", "key"),
                    with("location_select", "key"),
                    new PlatformButtonType("media_id", List.of("media_id"), Set.of("image", "voice", "video", "news")),
                    new PlatformButtonType("view_limited", List.of("media_id"), Set.of("news")),
                    with("article_id", "article_id"),
                    with("article_view_limited", "article_id"))
            .collect(Collectors.toUnmodifiableMap(PlatformButtonType::name, Function.identity()));
    /** What only the console can make. */
    private static final Set<String> CONSOLE_ONLY = Set.of("text", "img", "photo", "video", "voice", "news");

    private static PlatformButtonType with(String name, String... fields) {
        return new PlatformButtonType(name, List.of(fields), Set.of());
    }

    static Optional<PlatformButtonType> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static boolean isOfConsoleOnly(String name) {
        return CONSOLE_ONLY.contains(name);
    }
}
