package io.weir.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a menu file as YAML for people: blocks, one key a line, in quotes whatever another YAML reader could mistake. */
final class MenuYaml {
    private static final Set<String> NOT_TEXTS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private static final Pattern NOT_PRINTABLE =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    private final StringBuilder text = new StringBuilder();

    private MenuYaml() {}

    /** @param remarks become comments at the top */
    static String write(JsonNode file, List<String> remarks) {
        MenuYaml yaml = new MenuYaml();
        remarks.forEach(remark -> remark.lines()
                .forEach(line ->
                        yaml.text.append("# ").append(printable(line, " ")).append('\n')));
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
        boolean isPlain =
                value.matches("[\\p{L}_][\\p{L}\\p{N}_-]*") && !NOT_TEXTS.contains(value.toLowerCase(Locale.ROOT));
        return isPlain ? value : printable(TextNode.valueOf(value).toString(), "\\u$1");
    }

    /** What YAML does not take as it is, or takes for the end of a line. */
    private static String printable(String line, String instead) {
        return NOT_PRINTABLE
                .matcher(line)
                .replaceAll(found ->
                        Matcher.quoteReplacement(instead.replace("$1", String.format(Locale.ROOT, "%04x", (int)
                                found.group().charAt(0)))));
    }
}
