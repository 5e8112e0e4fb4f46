package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.Findings.Words;
import io.weir.wechat.menu.Level.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Findings findings = new Findings();
        new ButtonChecks(Kind.DEFAULT, findings).check(body, "");
        return findings.all();
    }

    /** The body of menu/addconditional by itself. Paths begin with {@code button} or {@code matchrule}. */
    public List<Violation> conditionalMenu(JsonNode body) {
        Findings findings = new Findings();
        checkConditional(body, "", findings);
        Domains.check(Stream.of(body), "button", findings);
        return findings.all();
    }

    /**
     * A body of menu/addconditional to be added to what is live: also that there is a default menu (65303) and the domains
     * of all (65316).
     */
    public List<Violation> addition(JsonNode body, LiveMenus live) {
        Findings findings = new Findings();
        if (live.menu().isEmpty()) {
            refuseWithoutDefault(findings);
        }
        checkConditional(body, "", findings);
        Stream<JsonNode> published = live.conditional().stream().map(MenuJson::write);
        Domains.check(Stream.concat(published, Stream.of(body)), "button", findings);
        return findings.all();
    }

    /**
     * All menus of an account together. Paths begin with {@code button} for the default menu, {@code conditional.NAME} for a
     * personalised one, and are {@code conditional} for what concerns all of these.
     *
     * @param menu the body of menu/create; without {@code button} when there is no default menu
     * @param conditional bodies of menu/addconditional by name, oldest first
     */
    public List<Violation> account(JsonNode menu, Map<String, ? extends JsonNode> conditional) {
        Findings findings = new Findings();
        if (conditional.isEmpty() || menu.has("button")) {
            new ButtonChecks(Kind.DEFAULT, findings).check(menu, "");
        } else {
            refuseWithoutDefault(findings);
        }
        conditional.forEach((name, body) -> checkConditional(body, "conditional." + name + ".", findings));
        Domains.check(conditional.values().stream(), "conditional", findings);
        return findings.all();
    }

    private void checkConditional(JsonNode body, String prefix, Findings findings) {
        new ButtonChecks(Kind.PERSONALISED, findings).check(body, prefix);
        MatchRuleChecks.check(body.path("matchrule"), prefix + "matchrule", legacy, findings);
    }

    private static void refuseWithoutDefault(Findings findings) {
        Words message = new Words("Personalised menus need a default menu; there is none.", "个性化菜单需要先有默认菜单；现在没有。");
        findings.error("button", 65303, message);
    }
}
