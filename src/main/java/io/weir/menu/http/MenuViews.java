package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuTree;
import io.weir.menu.file.MenuTree.Branch;
import io.weir.menu.file.PulledMenus;
import io.weir.menu.publish.MenuPreviews.MenuPreview;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuMatcher.Match;
import io.weir.wechat.menu.SelfMenu;
import java.util.List;
import java.util.Locale;

/** What there is to see of menus, for programs: the same for commands and for the admin API. */
public final class MenuViews {
    private MenuViews() {}

    /** The default menu in force; {@code menu} is there where menu/create could make the same. */
    public static ObjectNode current(String account, SelfMenu menu) {
        ObjectNode json = Json.object().put("account", account).put("open", menu.isOpen());
        json.set("buttons", tree(MenuTree.of(menu)));
        menu.asMenu()
                .filter(same -> !same.buttons().isEmpty())
                .ifPresent(same -> json.set("menu", MenuJson.write(same)));
        return json;
    }

    /**
     * What a menu file says, for an editor: {@code menus} has the personalised ones as a list, since a browser does not keep the order
     * of names that are numbers; {@code yaml} is the file as {@code weir menu pull} would write it.
     */
    static ObjectNode draft(MenuFile file) {
        ObjectNode menus = Json.object();
        menus.set(
                "button",
                file.tree().has("button")
                        ? file.tree().path("button")
                        : Json.object().arrayNode());
        ArrayNode conditional = menus.putArray("conditional");
        file.tree()
                .path("conditional")
                .properties()
                .forEach(each ->
                        conditional.addObject().put("name", each.getKey()).setAll((ObjectNode) each.getValue()));
        return Json.object()
                .put("yaml", new PulledMenus(file.tree(), List.of(), List.of()).text(false))
                .set("menus", menus);
    }

    private static ArrayNode tree(List<Branch> branches) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Branch branch : branches) {
            ObjectNode json = list.addObject().put("name", branch.name());
            if (!branch.details().isEmpty()) {
                json.put("type", branch.details().get(0));
                json.put(
                        "value",
                        String.join(
                                "  ",
                                branch.details().subList(1, branch.details().size())));
            }
            if (!branch.branches().isEmpty()) {
                json.set("buttons", tree(branch.branches()));
            }
        }
        return list;
    }

    /** Which menu somebody sees: {@code local} by the rules, {@code trymatch} as WeChat tells. */
    public static ObjectNode sight(MenuPreview sight) {
        ObjectNode json = Json.object();
        if (sight.tagsKnown()) {
            sight.viewer().tags().forEach(json.putArray("tags")::add);
        }
        sight.viewer().platform().ifPresent(known -> json.put("platform", word(known)));
        sight.reckoned().ifPresent(match -> json.set("local", match(match)));
        if (sight.asked()) {
            sight.told().ifPresent(menu -> json.set("trymatch", MenuJson.write(menu)));
            json.put("same", sight.agrees());
            json.put("contradiction", sight.contradicts());
            sight.fittingPlatforms().stream().map(MenuViews::word).forEach(json.putArray("fittingPlatforms")::add);
        }
        return json;
    }

    private static ObjectNode match(Match match) {
        ObjectNode json = Json.object();
        match.personalised().flatMap(ConditionalMenu::menuid).ifPresent(id -> json.put("menuid", id));
        match.personalised().ifPresent(menu -> json.set("matchrule", MenuJson.write(menu.matchRule())));
        json.setAll(MenuJson.write(match.menu()));
        return json;
    }

    /** As {@code --platform} takes it. */
    private static String word(ClientPlatform platform) {
        return platform.name().toLowerCase(Locale.ROOT);
    }
}
