package io.weir.menu.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.config.FileText;
import io.weir.config.Node;
import io.weir.config.Place;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuJson.MenuJsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a menu file, read once: what it says and where.
 *
 * @param tree as WeChat's JSON; YAML's values are texts exactly as written
 * @param nodes by path, in file order; the root's path is empty
 */
public record MenuText(String file, ObjectNode tree, Map<String, Node> nodes) {
    private static final int MAX_VALUES = 2_000;
    /** What stands there does not matter: the reader refuses the key. */
    private static final String UNKNOWN = "";

    /** Empty when the text could not be read; {@code findings} say why. */
    public static Optional<MenuText> read(String file, byte[] bytes, List<MenuFinding> findings) {
        return isJson(file, bytes) ? json(file, bytes, findings) : yaml(file, bytes, findings);
    }

    /** By the name's ending, else by how the text begins. */
    static boolean isJson(String file, byte[] bytes) {
        String name = file.toLowerCase(Locale.ROOT);
        boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
        String text = FileText.withoutMark(new String(bytes, StandardCharsets.UTF_8));
        return name.endsWith(".json") || (!isYaml && text.stripLeading().startsWith("{"));
    }

    /** As {@link #read}. */
    public static Optional<MenuText> json(String file, byte[] bytes, List<MenuFinding> findings) {
        try {
            Node.Mapping root = MenuJson.read(file, bytes);
            return Optional.of(of(file, root.toJson(), root));
        } catch (MenuJsonException fault) {
            findings.add(MenuFinding.of(fault));
            return Optional.empty();
        }
    }

    private static Optional<MenuText> yaml(String file, byte[] bytes, List<MenuFinding> findings) {
        Problems problems = new Problems();
        Optional<MenuText> text = FileText.decode(file, bytes, problems)
                .map(decoded -> Section.parse(file, decoded, problems))
                .map(root -> of(file, menus(root), root.node()))
                .filter(read -> problems.errors().isEmpty());
        problems.all().stream().map(MenuFinding::of).forEach(findings::add);
        return text;
    }

    private static MenuText of(String file, ObjectNode tree, Node root) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        collect("", root, nodes);
        return new MenuText(file, tree, nodes);
    }

    private static void collect(String path, Node node, Map<String, Node> nodes) {
        nodes.putIfAbsent(path, node);
        if (node instanceof Node.Mapping map) {
            map.entries().forEach((key, entry) -> collect(join(path, key), entry.value(), nodes));
        } else if (node instanceof Node.Sequence list) {
            for (int index = 0; index < list.items().size(); index++) {
                collect(path + '[' + index + ']', list.items().get(index), nodes);
            }
        }
    }

    /** The file itself, or a personalised menu of it. */
    private static ObjectNode menus(Section section) {
        ObjectNode tree = Json.object();
        for (String key : section.keys()) {
            switch (key) {
                case "button" -> buttons(section, key, tree);
                case "matchrule" -> tree.set(key, object(section.section(key)));
                case "conditional" -> {
                    ObjectNode conditional = tree.putObject(key);
                    section.sections(key).forEach((name, menu) -> conditional.set(name, menus(menu)));
                }
                default -> tree.put(key, UNKNOWN);
            }
        }
        return tree;
    }

    private static ObjectNode object(Section section) {
        ObjectNode tree = Json.object();
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

    /** That this cannot be menus: each of its values would become a finding or more. */
    public Optional<MenuFinding> tooMany() {
        return nodes.size() <= MAX_VALUES
                ? Optional.empty()
                : Optional.of(MenuFinding.error(
                        new Place(file, 0, 0, ""),
                        "found more than " + MAX_VALUES + " values; a menu has at most 3 × 5 buttons",
                        "is this the right file?"));
    }

    /** Where a value stands, or what it should stand in. */
    public Place at(String path) {
        String known = path;
        while (!nodes.containsKey(known)) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        Node node = nodes.getOrDefault(known, Node.absent(1));
        return new Place(file, node.line(), node.column(), path);
    }

    public static String join(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }
}
