package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

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
}
