package io.weir.menu.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.menu.file.MenuPull.FetchedMaterial;
import io.weir.menu.file.MenuPull.TemporaryMaterial;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.SelfMenu;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

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
        ObjectNode conditional = Json.object();
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
        ObjectNode tree = Json.object();
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

    /** Writes a menu file as YAML for people: blocks, one key a line, in quotes whatever another YAML reader could mistake. */
    static final class MenuYaml {
        private static final Set<String> NOT_TEXTS =
                Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

        private static final String NOT_PRINTABLE =
                "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]";

        private MenuYaml() {}

        /** @param remarks become comments at the top */
        static String write(JsonNode file, List<String> remarks) {
            DumperOptions options = new DumperOptions();
            options.setIndicatorIndent(2);
            options.setIndentWithIndicator(true);
            options.setSplitLines(false);
            StringWriter text = new StringWriter();
            remarks.stream()
                    .flatMap(String::lines)
                    .map(line -> "# " + line.replaceAll(NOT_PRINTABLE, " ") + "\n")
                    .forEach(text::write);
            new Yaml(options).serialize(node(file), text);
            return text.toString();
        }

        private static Node node(JsonNode json) {
            FlowStyle style = json.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
            if (json.isObject()) {
                List<NodeTuple> entries = new ArrayList<>();
                json.properties()
                        .forEach(each -> entries.add(new NodeTuple(scalar(each.getKey()), node(each.getValue()))));
                return new MappingNode(Tag.MAP, entries, style);
            }
            if (json.isArray()) {
                List<Node> items = new ArrayList<>();
                json.forEach(item -> items.add(node(item)));
                return new SequenceNode(Tag.SEQ, items, style);
            }
            return scalar(json.asText());
        }

        private static Node scalar(String value) {
            boolean isPlain =
                    value.matches("[\\p{L}_][\\p{L}\\p{N}_-]*") && !NOT_TEXTS.contains(value.toLowerCase(Locale.ROOT));
            return new ScalarNode(Tag.STR, value, null, null, isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
