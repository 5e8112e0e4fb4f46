package io.weir.menu.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MatchRule;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.SelfMenu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A menu file made of what is live.
 *
 * @param tree what the file is to say; not to be changed
 * @param files what is to lie beside the file
 * @param remarks what could not be carried over, and what to do about it
 */
public record PulledMenus(ObjectNode tree, List<FetchedMaterial> files, List<String> remarks) {
    public PulledMenus {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /** The text of the file; remarks stand in YAML only. */
    public String text(boolean asJson) {
        return asJson ? tree.toPrettyString() + "\n" : MenuYaml.write(tree, remarks);
    }

    /**
     * Of menus that were made through the API.
     *
     * @param tagNames by id
     * @param legacy whether menus that match nobody any more are kept
     */
    static PulledMenus of(LiveMenus live, Map<String, String> tagNames, boolean legacy) {
        ObjectNode tree = live.menu().map(MenuJson::write).orElseGet(JsonNodeFactory.instance::objectNode);
        List<String> remarks = new ArrayList<>();
        live.menu().ifPresent(menu -> remarkUnknown(menu, remarks));
        ObjectNode conditional = JsonNodeFactory.instance.objectNode();
        for (ConditionalMenu menu : live.conditional()) {
            if (menu.matchRule().isDead() && !legacy) {
                remarks.add("personalised menu " + menu.menuid().orElse("") + " is left out: "
                        + menu.matchRule().personalData().fields().keySet()
                        + " were withdrawn, it matches nobody and cannot be published again");
            } else {
                remarkUnknown(menu.menu(), remarks);
                conditional.set(free(conditional, name(menu.matchRule(), tagNames)), body(menu, tagNames));
            }
        }
        if (!conditional.isEmpty()) {
            tree.set("conditional", conditional);
        }
        return new PulledMenus(tree, List.of(), remarks);
    }

    private static void remarkUnknown(Menu menu, List<String> remarks) {
        menu.leaves()
                .filter(Button.Other.class::isInstance)
                .forEach(button -> remarks.add(PulledButtons.unknown(button)));
    }

    /** Of a menu that was made on WeChat's website. */
    static PulledMenus of(SelfMenu menu, Map<TemporaryMaterial, MenuPull.Fetch> fetched) {
        PulledButtons buttons = new PulledButtons(fetched);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("button", buttons.of(menu.buttons()));
        List<FetchedMaterial> files = fetched.values().stream()
                .flatMap(fetch -> fetch.file().stream())
                .toList();
        return new PulledMenus(tree, files, buttons.remarks());
    }

    private static ObjectNode body(ConditionalMenu menu, Map<String, String> tagNames) {
        ObjectNode body = MenuJson.write(menu);
        Optional<String> tag = menu.matchRule().tagId().map(tagNames::get);
        if (tag.isPresent() && body.get("matchrule") instanceof ObjectNode rule) {
            rule.remove("tag_id");
            rule.put("tag", tag.get());
        }
        return body;
    }

    private static String name(MatchRule rule, Map<String, String> tagNames) {
        List<String> parts = new ArrayList<>();
        rule.tagId().ifPresent(id -> parts.add(tagNames.getOrDefault(id, "tag-" + id)));
        rule.clientPlatformType()
                .ifPresent(code -> parts.add(
                        switch (code) {
                            case "1" -> "ios";
                            case "2" -> "android";
                            default -> "others";
                        }));
        parts.addAll(rule.personalData().fields().values());
        return parts.isEmpty() ? "menu" : String.join("-", parts);
    }

    private static String free(ObjectNode taken, String name) {
        String free = name;
        for (int number = 2; taken.has(free); number++) {
            free = name + '-' + number;
        }
        return free;
    }
}
