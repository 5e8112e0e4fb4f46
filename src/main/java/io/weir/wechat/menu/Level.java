package io.weir.wechat.menu;

/** A level of a menu with its limits and the codes that it has of its own (menu-api.md §1, §3, §9). */
enum Level {
    FIRST(16, 4, 40018, 40019, 40020, 40055, 40017),
    SECOND(60, 8, 40025, 40026, 40027, 40054, 40024);

    final int maxNameBytes;
    /** Further Chinese characters of a name are shown as "…". */
    final int shownCharacters;

    final int nameCode;
    final int keyCode;
    final int urlLengthCode;
    final int urlFormCode;
    final int typeCode;

    Level(
            int maxNameBytes,
            int shownCharacters,
            int nameCode,
            int keyCode,
            int urlLengthCode,
            int urlFormCode,
            int typeCode) {
        this.maxNameBytes = maxNameBytes;
        this.shownCharacters = shownCharacters;
        this.nameCode = nameCode;
        this.keyCode = keyCode;
        this.urlLengthCode = urlLengthCode;
        this.urlFormCode = urlFormCode;
        this.typeCode = typeCode;
    }

    /** For types that exist, but not in this API. */
    int typeUseCode() {
        return this == FIRST ? 40119 : 40120;
    }

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
}
