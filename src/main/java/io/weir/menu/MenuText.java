package io.weir.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.FileText;
import io.weir.config.Place;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of a menu file as a tree, and where its parts stand; YAML's values are texts exactly as written. */
record MenuText(ObjectNode tree, Marks marks) {
    private static final int MAX_VALUES = 2_000;
    private static final String CONDITIONAL = "conditional";
    /** What stands there does not matter: the reader refuses the key. */
    private static final String UNKNOWN = "";

    private static final String BOM = "\uFEFF";

    /** Empty when the text could not be read; {@code findings} say why. */
    static Optional<MenuText> read(String file, byte[] bytes, List<MenuFinding> findings) {
        return isJson(file, bytes) ? json(file, bytes, findings) : yaml(file, bytes, findings);
    }

    /** That this cannot be menus: each of its values would become a finding or more. */
    static Optional<MenuFinding> tooMany(String file, JsonNode tree) {
        return values(tree, 0) <= MAX_VALUES
                ? Optional.empty()
                : Optional.of(MenuFinding.error(
                        new Place(file, 0, 0, ""),
                        "found more than " + MAX_VALUES + " values; a menu has at most 3 × 5 buttons",
                        "is this the right file?"));
    }

    /** Counts on from a number, no further than it has to. */
    private static int values(JsonNode tree, int before) {
        int count = before + 1;
        for (JsonNode child : tree) {
            if (count > MAX_VALUES) {
                return count;
            }
            count = values(child, count);
        }
        return count;
    }

    /** By the name's ending, else by how the text begins. */
    static boolean isJson(String file, byte[] bytes) {
        String name = file.toLowerCase(Locale.ROOT);
        boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
        return name.endsWith(".json") || (!isYaml && text(bytes).stripLeading().startsWith("{"));
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(BOM) ? text.substring(1) : text;
    }

    private static Optional<MenuText> json(String file, byte[] bytes, List<MenuFinding> findings) {
        try {
            return Optional.of(new MenuText(MenuJson.parse(bytes), Marks.ofJson(file, text(bytes))));
        } catch (MenuJsonException fault) {
            findings.add(MenuFinding.of(file, fault));
            return Optional.empty();
        }
    }

    private static Optional<MenuText> yaml(String file, byte[] bytes, List<MenuFinding> findings) {
        Problems problems = new Problems();
        Optional<ObjectNode> tree = FileText.decode(file, bytes, problems)
                .map(text -> root(Section.parse(file, text, problems)))
                .filter(read -> problems.errors().isEmpty());
        problems.all().stream().map(MenuFinding::of).forEach(findings::add);
        return tree.map(root -> new MenuText(root, Marks.ofYaml(file, text(bytes))));
    }

    private static ObjectNode root(Section root) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String key : root.keys()) {
            switch (key) {
                case "button" -> buttons(root, key, tree);
                case CONDITIONAL -> {
                    ObjectNode conditional = tree.putObject(key);
                    root.sections(key).forEach((name, menu) -> conditional.set(name, personalised(menu)));
                }
                default -> tree.put(key, UNKNOWN);
            }
        }
        return tree;
    }

    private static ObjectNode personalised(Section menu) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String key : menu.keys()) {
            switch (key) {
                case "button" -> buttons(menu, key, tree);
                case "matchrule" -> tree.set(key, object(menu.section(key)));
                default -> tree.put(key, UNKNOWN);
            }
        }
        return tree;
    }

    private static ObjectNode object(Section section) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String key : section.keys()) {
            if (key.equals("sub_button")) {
                buttons(section, key, tree);
            } else {
                section.text(key).ifPresent(text -> tree.put(key, text));
            }
        }
        return tree;
    }

    private static void buttons(Section section, String key, ObjectNode tree) {
        ArrayNode list = tree.putArray(key);
        section.list(key).forEach(button -> list.add(object(button)));
    }
}
