package io.weir.simulator.platform;

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
