package io.weir.simulator.platform;

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
