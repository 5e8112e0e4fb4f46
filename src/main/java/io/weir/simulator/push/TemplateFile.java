package io.weir.simulator.push;

import io.weir.simulator.push.Element.Group;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code push-templates.yaml}. Works on YAML's nodes rather than on Java values, so that a number keeps the digits it
 * is written with (120.155070 stays that).
 */
final class TemplateFile {
    private static final String RESOURCE = "push-templates.yaml";
    private static final Map<String, Section> SECTIONS = Map.of(
            "messages", new Section(PushKind.MESSAGE, true),
            "unusualMessages", new Section(PushKind.MESSAGE, false),
            "answered", new Section(PushKind.ANSWERED_EVENT, true),
            "silent", new Section(PushKind.SILENT_EVENT, true));

    private TemplateFile() {}

    /** All templates, in the order of the file. */
    static List<PushTemplate> read() {
        try (InputStream file = Objects.requireNonNull(TemplateFile.class.getResourceAsStream(RESOURCE), RESOURCE);
                InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
            return entries(root).flatMap(TemplateFile::section).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }
    }

    private static Stream<PushTemplate> section(NodeTuple entry) {
        Section section = Objects.requireNonNull(SECTIONS.get(name(entry)), "unknown section");
        return entries(entry.getValueNode())
                .map(each -> new PushTemplate(
                        name(each), section.kind(), section.ordinary(), elements(each.getValueNode())));
    }

    private static List<Element> elements(Node map) {
        return entries(map)
                .flatMap(entry -> element(name(entry), entry.getValueNode()))
                .toList();
    }

    private static Stream<Element> element(String name, Node value) {
        if (value instanceof ScalarNode scalar) {
            boolean number = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
            return Stream.of(new Element.Text(name, scalar.getValue(), number));
        }
        if (value instanceof SequenceNode list) {
            return list.getValue().stream().flatMap(item -> element(name, item));
        }
        return Stream.of(new Group(name, elements(value)));
    }

    private static Stream<NodeTuple> entries(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream();
        }
        throw new IllegalStateException(RESOURCE + ": a map was expected" + node.getStartMark());
    }

    private static String name(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    private record Section(PushKind kind, boolean ordinary) {}
}
