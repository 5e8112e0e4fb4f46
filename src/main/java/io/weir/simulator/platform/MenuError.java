package io.weir.simulator.platform;

/** The refusals of the menu calls (menu-api.md §9). Clients go by the number: the wording is only WeChat's manner. */
enum MenuError {
    UNKNOWN_MATERIAL(40007, "invalid media_id"),
    BUTTON_COUNT(40016, "invalid button size"),
    BUTTON_TYPE(40017, "invalid button type"),
    BUTTON_NAME(40018, "invalid button name size"),
    BUTTON_KEY(40019, "invalid button key size"),
    BUTTON_URL(40020, "invalid button url size"),
    SUB_BUTTON_DEPTH(40022, "invalid sub button level"),
    SUB_BUTTON_COUNT(40023, "invalid sub button size"),
    SUB_BUTTON_TYPE(40024, "invalid sub button type"),
    SUB_BUTTON_NAME(40025, "invalid sub button name size"),
    SUB_BUTTON_KEY(40026, "invalid sub button key size"),
    SUB_BUTTON_URL(40027, "invalid sub button url size"),
    PARAMETER(40035, "invalid parameter"),
    SUB_BUTTON_DOMAIN(40054, "invalid sub button url domain"),
    BUTTON_DOMAIN(40055, "invalid button url domain"),
    MATERIAL_ID_SIZE(40118, "invalid media_id size"),
    BUTTON_TYPE_USE(40119, "invalid use button type"),
    SUB_BUTTON_TYPE_USE(40120, "invalid use sub button type"),
    MATERIAL_KIND(40121, "invalid media_id type"),
    PAGE_PATH(40165, "invalid weapp pagepath"),
    MINI_PROGRAM(40166, "invalid weapp appid"),
    SUB_BUTTON_DATA(41007, "missing sub menu data"),
    MINI_PROGRAM_NOT_LINKED(45064, "no permission to use weapp in menu"),
    NO_MENU(46003, "menu no exist"),
    NO_USER_ID(46004, "user no exist"),
    ARTICLE(53600, "invalid article_id"),
    NO_SUCH_MENU(65301, "this menuid is not exist"),
    NO_SUCH_USER(65302, "user no exist"),
    NO_DEFAULT_MENU(65303, "there is no selfmenu, please create selfmenu first"),
    EMPTY_RULE(65304, "match rule empty"),
    TOO_MANY_MENUS(65305, "menu count limit"),
    PERSONALISED_UNSUPPORTED(65306, "conditional menu not support"),
    EMPTY_MENU(65307, "conditional menu is empty"),
    WITHOUT_ACTION(65308, "exist empty button act"),
    PERSONALISED_SWITCHED_OFF(65309, "conditional menu switch is closed"),
    NO_COUNTRY(65310, "region info: country is empty"),
    NO_PROVINCE(65311, "region info: province is empty"),
    BAD_COUNTRY(65312, "invalid country"),
    BAD_PROVINCE(65313, "invalid province"),
    BAD_CITY(65314, "invalid city"),
    NOT_A_FOLLOWER(65315, "not fans"),
    TOO_MANY_DOMAINS(65316, "domain count reach limit"),
    BAD_URL(65317, "contain invalid url"),
    NOT_ALLOWED(65319, "not allow to create menu"),
    PERSONAL_DATA(65320, "matchrule contains personal data");

    private final int errcode;
    private final String errmsg;

    MenuError(int errcode, String errmsg) {
        this.errcode = errcode;
        this.errmsg = errmsg;
    }

    Refused refused() {
        return new Refused(errcode, errmsg);
    }
}
