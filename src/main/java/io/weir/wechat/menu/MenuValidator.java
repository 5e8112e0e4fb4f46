package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Finds everything in menus that WeChat would refuse, all at once and before any call (menu-api.md §1, §2, §3, §6, §9). It
 * judges JSON trees, since a record cannot hold everything that may be wrong.
 */
public final class MenuValidator {
    private final boolean legacy;

    private MenuValidator(boolean legacy) {
        this.legacy = legacy;
    }

    /** For menus that are to be published: a rule with withdrawn fields is an error (65320). */
    public static MenuValidator ofToday() {
        return new MenuValidator(false);
    }

    /** For menus from before: a rule with withdrawn fields is only warned of, since it matches nobody. */
    public static MenuValidator legacy() {
        return new MenuValidator(true);
    }

    /** The body of menu/create. Paths begin with {@code button}. */
    public List<Violation> menu(JsonNode body) {
        return pending(body + "" + legacy);
    }

    /** The body of menu/addconditional by itself. Paths begin with {@code button} or {@code matchrule}. */
    public List<Violation> conditionalMenu(JsonNode body) {
        return pending(body + "");
    }

    /**
     * A body of menu/addconditional to be added to what is live: also that there is a default menu (65303) and the domains
     * of all (65316).
     */
    public List<Violation> addition(JsonNode body, LiveMenus live) {
        return pending(body + "" + live);
    }

    /**
     * All menus of an account together. Paths begin with {@code button} for the default menu, {@code conditional.NAME} for a
     * personalised one, and are {@code conditional} for what concerns all of these.
     *
     * @param menu the body of menu/create; a missing or null node when there is no default menu
     * @param conditional bodies of menu/addconditional by name, oldest first
     */
    public List<Violation> account(JsonNode menu, Map<String, ? extends JsonNode> conditional) {
        return pending(menu + "" + conditional);
    }

    private static List<Violation> pending(String what) {
        throw new UnsupportedOperationException(what);
    }
}
