package io.weir.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a menu file as YAML for people: blocks, one key a line, in quotes whatever another YAML reader could mistake. */
final class MenuYaml {
    private static final Set<String> NOT_TEXTS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder text = new StringBuilder();

    private MenuYaml() {}

    /** @param remarks become comments at the top */
    static String write(JsonNode file, List<String> remarks) {
        MenuYaml yaml = new MenuYaml();
        remarks.forEach(remark -> remark.lines()
                .forEach(line -> yaml.text.append("# ").append(line).append('\n')));
        yaml.map(file, "", "");
        return yaml.text.toString();
    }

    /** @param first what stands before the first key: the dash of a list, or the indentation */
    private void map(JsonNode map, String first, String indentation) {
        String before = first;
        for (Map.Entry<String, JsonNode> each : map.properties()) {
            text.append(before).append(scalar(each.getKey())).append(':');
            value(each.getValue(), indentation);
            before = indentation;
        }
    }

    private void value(JsonNode value, String indentation) {
        if (value.isObject() && !value.isEmpty()) {
            text.append('\n');
            map(value, indentation + "  ", indentation + "  ");
        } else if (value.isArray() && !value.isEmpty()) {
            text.append('\n');
            value.forEach(item -> map(item, indentation + "  - ", indentation + "    "));
        } else {
            text.append(' ')
                    .append(value.isContainerNode() ? value.toString() : scalar(value.asText()))
                    .append('\n');
        }
    }

    private static String scalar(String value) {
        boolean isPlain = value.matches("[\\p{L}_][\\p{L}\\p{N}_-]*")
                && !NOT_TEXTS.contains(value.toLowerCase(java.util.Locale.ROOT));
        return isPlain ? value : TextNode.valueOf(value).toString();
    }
}
