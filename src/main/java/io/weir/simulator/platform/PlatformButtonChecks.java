package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Materials.MaterialKinds;
import io.weir.simulator.platform.MenuChecks.MenuKind;
import io.weir.simulator.platform.MenuChecks.MenuLevel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks of one button that does something: its type, then the fields of the type in the order of {@link PlatformButtonType}. */
record PlatformButtonChecks(MenuKind kind, MaterialKinds materials, MenuSettings settings) {
    private static final int MAX_KEY_BYTES = 128;
    private static final Pattern APPID = Pattern.compile("[0-9a-z_]+");
    /** WeChat does not publish how long a media_id may be: the simulator's own limit. */
    static final int MAX_MEDIA_ID_BYTES = 128;

    /** The button as menu/get shows it: fields that its type does not have are dropped. */
    ObjectNode check(ObjectNode given, MenuLevel level) {
        PlatformButtonType type = type(MenuFields.text(given, "type"), level);
        ObjectNode button = JsonNodeFactory.instance.objectNode();
        button.put("type", type.name()).put("name", MenuFields.text(given, "name"));
        for (String field : type.fields()) {
            String value = MenuFields.text(given, field);
            check(type, field, value, level);
            button.put(field, value);
        }
        button.putArray("sub_button");
        return button;
    }

    private PlatformButtonType type(String name, MenuLevel level) {
        if (name.isEmpty()) {
            throw kind.withoutType(level).refused();
        }
        if (PlatformButtonType.isOfConsoleOnly(name)) {
            throw level.typeUse.refused();
        }
        return PlatformButtonType.find(name).orElseThrow(level.type::refused);
    }

    private void check(PlatformButtonType type, String field, String value, MenuLevel level) {
        switch (field) {
            case "key" -> demand(MenuFields.fits(value, MAX_KEY_BYTES), level.key);
            case "url" -> checkUrl(value, level);
            case "appid" -> checkMiniProgram(value);
            case "pagepath" -> demand(!value.isBlank(), MenuError.PAGE_PATH);
            case "media_id" -> checkMaterial(type, value);
            case "article_id" -> demand(!value.isEmpty() && settings.isPublished(value), MenuError.ARTICLE);
            default -> throw new IllegalStateException("no check for " + field);
        }
    }

    private void checkUrl(String url, MenuLevel level) {
        demand(MenuFields.fits(url, MenuUrl.MAX_BYTES), level.url);
        demand(MenuUrl.domain(url).isPresent(), kind.badUrl(level));
    }

    private void checkMiniProgram(String appid) {
        demand(APPID.matcher(appid).matches(), MenuError.MINI_PROGRAM);
        demand(settings.isLinked(appid), MenuError.MINI_PROGRAM_NOT_LINKED);
    }

    private void checkMaterial(PlatformButtonType type, String mediaId) {
        demand(MenuFields.fits(mediaId, MAX_MEDIA_ID_BYTES), MenuError.MATERIAL_ID_SIZE);
        String material = materials.kindOf(mediaId).orElseThrow(MenuError.UNKNOWN_MATERIAL::refused);
        demand(type.materials().contains(material), MenuError.MATERIAL_KIND);
    }

    private static void demand(boolean holds, MenuError otherwise) {
        if (!holds) {
            throw otherwise.refused();
        }
    }

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
                        new PlatformButtonType(
                                "media_id", List.of("media_id"), Set.of("image", "voice", "video", "news")),
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

    /** What a menu may link to. */
    static final class MenuUrl {
        static final int MAX_BYTES = 1024;
        private static final Pattern WEB = Pattern.compile(
                "https?://(?:[^/?#@\\s]*@)?([^/?#@:\\s]+)(?::[0-9]+)?(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);

        private MenuUrl() {}

        /** The host in small letters; empty when it is not an address of the web. */
        static Optional<String> domain(String url) {
            Matcher web = WEB.matcher(url);
            return web.matches() ? Optional.of(web.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
        }
    }
}
