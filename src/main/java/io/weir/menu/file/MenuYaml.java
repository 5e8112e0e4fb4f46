package io.weir.menu.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Writes a menu file as YAML for people: blocks, one key a line, in quotes whatever another YAML reader could mistake. */
final class MenuYaml {
    private static final Set<String> NOT_TEXTS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

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
            json.properties().forEach(each -> entries.add(new NodeTuple(scalar(each.getKey()), node(each.getValue()))));
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
