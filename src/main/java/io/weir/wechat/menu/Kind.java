package io.weir.wechat.menu;

/** The two menus of the API; the personalised one has some codes of its own for the same faults (menu-api.md §9). */
enum Kind {
    DEFAULT,
    PERSONALISED;

    int withoutButtonsCode() {
        return this == DEFAULT ? 40016 : 65307;
    }

    int withoutTypeCode(Level level) {
        return this == DEFAULT ? level.typeCode : 65308;
    }

    int urlFormCode(Level level) {
        return this == DEFAULT ? level.urlFormCode : 65317;
    }
}
