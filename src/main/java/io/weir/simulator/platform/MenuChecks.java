package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Materials.MaterialKinds;

/**
 * The checks of a menu's buttons, written from menu-api.md §1, §2 and §9 alone. WeChat's order is unknown; here it is: the
 * number of buttons, then each button in the order of the body, before its children: its name, its {@code sub_button}, its
 * type, the fields of the type. The first fault is the answer.
 */
final class MenuChecks {
    private static final int MAX_BUTTONS = 3;
    private static final int MAX_SUB_BUTTONS = 5;

    private final MenuKind kind;
    private final PlatformButtonChecks buttons;

    MenuChecks(MenuKind kind, MaterialKinds materials, MenuSettings settings) {
        this.kind = kind;
        this.buttons = new PlatformButtonChecks(kind, materials, settings);
    }

    /** The buttons as menu/get shows them. */
    ArrayNode buttons(ObjectNode body) {
        JsonNode given = body.path("button");
        if (given.isMissingNode() || given.isNull() || (given.isArray() && given.isEmpty())) {
            throw kind.withoutButtons().refused();
        }
        if (!given.isArray() || given.size() > MAX_BUTTONS) {
            throw MenuError.BUTTON_COUNT.refused();
        }
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        given.forEach(each -> checked.add(first(object(each))));
        return checked;
    }

    private ObjectNode first(ObjectNode given) {
        String name = name(given, MenuLevel.FIRST);
        JsonNode children = children(given);
        if (children.isEmpty()) {
            return buttons.check(given, MenuLevel.FIRST);
        }
        if (children.size() > MAX_SUB_BUTTONS) {
            throw MenuError.SUB_BUTTON_COUNT.refused();
        }
        if (!MenuFields.text(given, "type").isEmpty()) {
            throw MenuError.BUTTON_TYPE.refused();
        }
        ObjectNode parent = JsonNodeFactory.instance.objectNode().put("name", name);
        ArrayNode checked = parent.putArray("sub_button");
        children.forEach(each -> checked.add(second(object(each))));
        return parent;
    }

    private ObjectNode second(ObjectNode given) {
        name(given, MenuLevel.SECOND);
        if (!children(given).isEmpty()) {
            throw MenuError.SUB_BUTTON_DEPTH.refused();
        }
        return buttons.check(given, MenuLevel.SECOND);
    }

    private static String name(ObjectNode given, MenuLevel level) {
        String name = MenuFields.text(given, "name");
        if (!MenuFields.fits(name, level.maxNameBytes)) {
            throw level.name.refused();
        }
        return name;
    }

    private static JsonNode children(ObjectNode given) {
        JsonNode children = given.path("sub_button");
        if (!children.isMissingNode() && !children.isArray()) {
            throw MenuError.SUB_BUTTON_DATA.refused();
        }
        return children;
    }

    private static ObjectNode object(JsonNode given) {
        if (given instanceof ObjectNode object) {
            return object;
        }
        throw MenuError.PARAMETER.refused();
    }

    /** The two menus that the API makes; the personalised one has some codes of its own for the same faults (menu-api.md §9). */
    enum MenuKind {
        DEFAULT {
            @Override
            MenuError withoutButtons() {
                return MenuError.BUTTON_COUNT;
            }

            @Override
            MenuError withoutType(MenuLevel level) {
                return level.type;
            }

            @Override
            MenuError badUrl(MenuLevel level) {
                return level.domain;
            }
        },
        PERSONALISED {
            @Override
            MenuError withoutButtons() {
                return MenuError.EMPTY_MENU;
            }

            @Override
            MenuError withoutType(MenuLevel level) {
                return MenuError.WITHOUT_ACTION;
            }

            @Override
            MenuError badUrl(MenuLevel level) {
                return MenuError.BAD_URL;
            }
        };

        /** There is no {@code button}, or nothing in it. */
        abstract MenuError withoutButtons();

        /** A leaf has no {@code type}. */
        abstract MenuError withoutType(MenuLevel level);

        /** A {@code url} does not lead to a web page. */
        abstract MenuError badUrl(MenuLevel level);
    }

    /** A level of a menu: how long a name may be there, and the codes that it has of its own (menu-api.md §1, §9). */
    enum MenuLevel {
        FIRST(
                16,
                MenuError.BUTTON_NAME,
                MenuError.BUTTON_TYPE,
                MenuError.BUTTON_TYPE_USE,
                MenuError.BUTTON_KEY,
                MenuError.BUTTON_URL,
                MenuError.BUTTON_DOMAIN),
        SECOND(
                60,
                MenuError.SUB_BUTTON_NAME,
                MenuError.SUB_BUTTON_TYPE,
                MenuError.SUB_BUTTON_TYPE_USE,
                MenuError.SUB_BUTTON_KEY,
                MenuError.SUB_BUTTON_URL,
                MenuError.SUB_BUTTON_DOMAIN);

        final int maxNameBytes;
        /** The name is empty or too long. */
        final MenuError name;
        /** There is no such type. */
        final MenuError type;
        /** The type exists, but only for menus that are made in the console. */
        final MenuError typeUse;
        /** The key is empty or too long. */
        final MenuError key;
        /** The url is empty or too long. */
        final MenuError url;
        /** The url does not lead to a web page. */
        final MenuError domain;

        MenuLevel(
                int maxNameBytes,
                MenuError name,
                MenuError type,
                MenuError typeUse,
                MenuError key,
                MenuError url,
                MenuError domain) {
            this.maxNameBytes = maxNameBytes;
            this.name = name;
            this.type = type;
            this.typeUse = typeUse;
            this.key = key;
            this.url = url;
            this.domain = domain;
        }
    }
}
